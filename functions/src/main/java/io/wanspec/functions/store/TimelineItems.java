package io.wanspec.functions.store;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Timelines beside the records of their sessions: each is there as long as its session's record, and goes with it. Blocks. */
public final class TimelineItems {
    private static final String EVENTS = "events";

    private final Table table;

    public TimelineItems(Table table) {
        this.table = table;
    }

    /** @return false if the session's record is not there */
    public boolean put(SessionId session, byte[] events) {
        Optional<Item> head = table.get(HeadItem.key(session));
        if (head.isEmpty()) {
            return false;
        }
        Instant expiresAt = Instant.ofEpochSecond(head.get().number(Item.EXPIRES_AT));
        Condition there = Condition.equal(HeadItem.STATUS, head.get().text(HeadItem.STATUS));
        return table.transact(List.of(
                        Change.check(HeadItem.key(session), there),
                        Change.put(Item.of(key(session)).with(EVENTS, events).expiring(expiresAt))))
                .tookEffect();
    }

    public Optional<byte[]> find(SessionId session) {
        return table.get(key(session)).map(item -> item.bytes(EVENTS));
    }

    private static ItemKey key(SessionId session) {
        return new ItemKey(HeadItem.pk(session), "timeline");
    }
}
