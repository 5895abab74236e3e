package io.wanspec.functions.store;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.table.Due;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks after sessions whose functions were lost, and deletes those whose time is over. Blocks. */
public final class SessionSweeper {
    private final Table table;
    private final SessionTable sessions;
    private final Clock clock;
    private final Duration grace;

    /**
     * What a sweep did.
     *
     * @param more whether there was more to do than it was allowed
     */
    public record Swept(int givenUp, int deleted, int kept, boolean more) {
        private Swept plus(Swept other) {
            return new Swept(givenUp + other.givenUp, deleted + other.deleted, kept + other.kept, more || other.more);
        }
    }

    public SessionSweeper(Table table, Clock clock, Duration grace) {
        this.table = table;
        this.sessions = new SessionTable(table, clock);
        this.clock = clock;
        this.grace = grace;
    }

    /** @param perShardMax how many sessions are looked at in each part of the index */
    public Swept sweep(int perShardMax) {
        Swept all = new Swept(0, 0, 0, false);
        for (int shard = 0; shard < Due.SHARDS; shard++) {
            var due = table.due(shard, clock.instant(), perShardMax);
            for (ItemKey key : due) {
                all = all.plus(look(key));
            }
            all = all.plus(new Swept(0, 0, 0, due.size() == perShardMax));
        }
        return all;
    }

    private Swept look(ItemKey key) {
        if (!key.pk().startsWith(HeadItem.PREFIX)) {
            return new Swept(0, 0, 0, false);
        }
        SessionId id = new SessionId(key.pk().substring(HeadItem.PREFIX.length()));
        Optional<SessionHead> head = sessions.head(id);
        Instant now = clock.instant();
        return switch (head.map(found -> SweepRule.judge(found, now, grace)).orElseGet(SweepRule.Verdict.Delete::new)) {
            case SweepRule.Verdict.Delete delete -> {
                sessions.delete(id);
                yield new Swept(0, 1, 0, false);
            }
            case SweepRule.Verdict.GiveUp giveUp -> new Swept(sessions.giveUp(head.orElseThrow()) ? 1 : 0, 0, 0, false);
            case SweepRule.Verdict.LookAgain(var at) -> {
                sessions.lookAgain(head.orElseThrow(), at);
                yield new Swept(0, 0, 1, false);
            }
        };
    }
}
