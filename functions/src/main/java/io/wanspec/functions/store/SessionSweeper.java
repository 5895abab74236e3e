package io.wanspec.functions.store;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.Due;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Update;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Looks after sessions whose functions were lost, and deletes whatever has said when its time is over: sessions, responses,
 * idempotency keys. The table's own expiry comes up to two days late. Blocks.
 */
public final class SessionSweeper {
    private static final Logger LOG = LoggerFactory.getLogger(SessionSweeper.class);

    /** What one sweep deletes at most: some seconds of work. What is left is due the next time. */
    static final int ITEMS_MAX = 2_000;

    private final Table table;
    private final SessionTable sessions;
    private final Clock clock;
    private final Duration grace;
    private final Consumer<SessionHead> unowned;

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

    /** @param unowned told of each session that is ended here, which no function had, as it was */
    public SessionSweeper(Table table, Clock clock, Duration grace, Consumer<SessionHead> unowned) {
        this.table = table;
        this.sessions = new SessionTable(table, clock);
        this.clock = clock;
        this.grace = grace;
        this.unowned = unowned;
    }

    /** @param perShardMax how many sessions and others are looked at in each part of the index */
    public Swept sweep(int perShardMax) {
        return sweep(perShardMax, ITEMS_MAX);
    }

    Swept sweep(int perShardMax, int itemsMax) {
        Swept all = new Swept(0, 0, 0, false);
        int[] left = {itemsMax};
        List<RuntimeException> unreadable = new ArrayList<>();
        for (int shard = 0; shard < Due.SHARDS; shard++) {
            var due = table.due(shard, clock.instant(), perShardMax);
            for (ItemKey key : due) {
                all = all.plus(look(key, left, unreadable));
            }
            all = all.plus(new Swept(0, 0, 0, due.size() == perShardMax));
        }
        if (!unreadable.isEmpty()) {
            LOG.warn(
                    "{} sessions' records cannot be read, the first one: {}",
                    unreadable.size(),
                    unreadable.getFirst().toString());
        }
        return all;
    }

    private Swept look(ItemKey key, int[] left, List<RuntimeException> unreadable) {
        if (!key.pk().startsWith(HeadItem.PREFIX)) {
            return expire(key, left);
        }
        SessionId id = new SessionId(key.pk().substring(HeadItem.PREFIX.length()));
        Optional<SessionHead> head;
        try {
            head = sessions.head(id);
        } catch (SdkException noAnswer) {
            throw noAnswer;
        } catch (RuntimeException e) {
            unreadable.add(e);
            return unreadable(key, left);
        }
        Instant now = clock.instant();
        return switch (head.map(found -> SweepRule.judge(found, now, grace)).orElseGet(SweepRule.Verdict.Delete::new)) {
            case SweepRule.Verdict.Delete delete -> expire(key, left);
            case SweepRule.Verdict.GiveUp giveUp -> new Swept(giveUp(head.orElseThrow()) ? 1 : 0, 0, 0, false);
            case SweepRule.Verdict.LookAgain(var at) -> {
                sessions.lookAgain(head.orElseThrow(), at);
                yield new Swept(0, 0, 1, false);
            }
        };
    }

    /** A newer function may have written it, or it is broken. It must not keep the others from being looked at. */
    private Swept unreadable(ItemKey key, int[] left) {
        if (isOver(key)) {
            return expire(key, left);
        }
        table.update(key, Due.at(key, Update.none(), clock.instant().plus(grace)), Condition.present());
        return new Swept(0, 0, 1, false);
    }

    private boolean isOver(ItemKey key) {
        return table.get(key).filter(item -> !item.isExpired(clock.instant())).isEmpty();
    }

    private boolean giveUp(SessionHead head) {
        boolean ended = sessions.giveUp(head);
        if (ended) {
            unowned.accept(head);
        }
        return ended;
    }

    /**
     * Deletes what has expired under the key of {@code head}, itself last: as long as it is there, it is due, and what is left
     * is found the next time. What somebody has begun anew meanwhile stays.
     */
    private Swept expire(ItemKey head, int[] left) {
        Condition over = Condition.absentOrExpired(clock.instant());
        List<ItemKey> all = table.keys(head.pk(), left[0]);
        boolean whole = all.size() < left[0];
        left[0] -= all.size();
        all.stream().filter(key -> !key.equals(head)).forEach(key -> table.delete(key, over));
        if (!whole) {
            return new Swept(0, 0, 0, true);
        }
        return table.delete(head, over).tookEffect() ? new Swept(0, 1, 0, false) : new Swept(0, 0, 1, false);
    }
}
