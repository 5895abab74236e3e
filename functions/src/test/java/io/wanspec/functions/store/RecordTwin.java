package io.wanspec.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One session's record by plain rules, without a table: a list of tokens, and who may add to it. It is told of each write when
 * the table decides, and says whether it may take effect.
 */
final class RecordTwin implements LossyTable.Witness {
    private final RaceClock.Now now;
    private final Duration skewMax;
    private final List<Integer> tokens = new ArrayList<>();
    private final Map<Long, String> winners = new HashMap<>();
    private boolean exists;
    private boolean running;
    private String owner = "";
    private long fence;
    private long until;

    /** @param skewMax how far a function's clock may be ahead of the true time, or behind it */
    RecordTwin(RaceClock.Now now, Duration skewMax) {
        this.now = now;
        this.skewMax = skewMax;
    }

    List<Integer> tokens() {
        return tokens;
    }

    boolean isRunning() {
        return running;
    }

    /** How often the session has been taken over. */
    int takeovers() {
        return winners.size() - 1;
    }

    @Override
    public void wrote(List<Change> changes, Write answer) {
        boolean may = switch (changes.getFirst()) {
            case Change.Put(var head, var _) -> create(head);
            case Change.Modify(var key, var update, var condition) ->
                modify(update.apply(key, null), asked(Item.of(key), condition), changes);
            case Change.Delete delete -> throw new AssertionError(delete);
            case Change.Check check -> throw new AssertionError(check);
        };
        assertThat(answer.tookEffect())
                .as("whether it takes effect: %s", changes)
                .isEqualTo(may);
    }

    private boolean create(Item head) {
        if (exists) {
            return false;
        }
        exists = true;
        running = true;
        owned(head);
        return true;
    }

    private boolean modify(Item written, Item asked, List<Change> changes) {
        boolean owns = owner.equals(asked.text(HeadItem.OWNER)) && fence == asked.number(HeadItem.FENCE);
        if (!running || !owns) {
            return false;
        }
        if (written.findNumber(HeadItem.COMMITTED).isPresent()) {
            return append(written, ((Change.Put) changes.get(1)).item());
        }
        if (written.findNumber(HeadItem.FENCE).isPresent()) {
            return claim(written, asked);
        }
        running = written.findText(HeadItem.STATUS).isEmpty();
        owner = written.findText(HeadItem.OWNER).orElse(owner);
        until = written.number(HeadItem.LEASE_UNTIL);
        return true;
    }

    private boolean append(Item written, Item part) {
        Tokens more = PartItems.ids(part);
        if (!part.key().sk().equals(PartItems.TOKENS + "%08d".formatted(tokens.size()))) {
            return false;
        }
        for (int token : more.toArray()) {
            tokens.add(token);
        }
        assertThat(written.number(HeadItem.COMMITTED)).isEqualTo(tokens.size());
        until = written.number(HeadItem.LEASE_UNTIL);
        return true;
    }

    private boolean claim(Item written, Item asked) {
        if (until != asked.number(HeadItem.LEASE_UNTIL)) {
            return false;
        }
        long owners = now.instant().toEpochMilli() - skewMax.toMillis();
        assertThat(owner.equals(Lease.NOBODY) || owners >= until)
                .as("by its own clock, who has the lease has let it run out")
                .isTrue();
        assertThat(written.number(HeadItem.FENCE)).isEqualTo(fence + 1);
        owned(written);
        return true;
    }

    private void owned(Item written) {
        owner = written.text(HeadItem.OWNER);
        fence = written.number(HeadItem.FENCE);
        until = written.number(HeadItem.LEASE_UNTIL);
        assertThat(winners.putIfAbsent(fence, owner))
                .as("one winner of fence %d", fence)
                .isNull();
    }

    /** What has to be equal, as an item. */
    private static Item asked(Item asked, Condition condition) {
        Item all = asked;
        if (condition instanceof Condition.All(var parts)) {
            for (Condition part : parts) {
                all = asked(all, part);
            }
        } else if (condition instanceof Condition.Compare(var attribute, var operator, var value)) {
            assertThat(operator).isEqualTo(Condition.Operator.EQUAL);
            all = all.with(attribute, value);
        }
        return all;
    }
}
