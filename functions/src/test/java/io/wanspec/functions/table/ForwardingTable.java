package io.wanspec.functions.table;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Another table, for tests that change what some of its calls do. */
public abstract class ForwardingTable implements Table {
    protected final Table table;

    protected ForwardingTable(Table table) {
        this.table = table;
    }

    @Override
    public Optional<Item> get(ItemKey key) {
        return table.get(key);
    }

    @Override
    public Optional<Item> getSettled(ItemKey key) {
        return table.getSettled(key);
    }

    @Override
    public List<Item> query(String pk, String from, String to, int itemsMax) {
        return table.query(pk, from, to, itemsMax);
    }

    @Override
    public List<ItemKey> keys(String pk, int itemsMax) {
        return table.keys(pk, itemsMax);
    }

    @Override
    public Write write(Change change) {
        return table.write(change);
    }

    @Override
    public Write transact(List<Change> changes) {
        return table.transact(changes);
    }

    @Override
    public List<ItemKey> due(int shard, Instant until, int itemsMax) {
        return table.due(shard, until, itemsMax);
    }
}
