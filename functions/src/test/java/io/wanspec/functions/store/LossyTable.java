package io.wanspec.functions.store;

import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The way from one function to the table: a call may wait while others do something, its answer may be lost, and a write may
 * arrive long after nobody waits for it any more.
 */
final class LossyTable implements Table {
    private final Table table;
    private final Random random;
    private final double loss;
    private final Runnable pause;
    private final Witness witness;
    private final List<List<Change>> late = new ArrayList<>();

    /** Sees every write at the moment at which the table decides. */
    interface Witness {
        void wrote(List<Change> changes, Write answer);
    }

    /** @param pause what others do meanwhile */
    LossyTable(Table table, Random random, double loss, Runnable pause, Witness witness) {
        this.table = table;
        this.random = random;
        this.loss = loss;
        this.pause = pause;
        this.witness = witness;
    }

    /** One of the late writes arrives. */
    void deliverLate() {
        if (!late.isEmpty()) {
            apply(late.remove(random.nextInt(late.size())));
        }
    }

    @Override
    public Optional<Item> get(ItemKey key) {
        read();
        return table.get(key);
    }

    @Override
    public List<Item> query(String pk, String from, String to, int itemsMax) {
        read();
        return table.query(pk, from, to, itemsMax);
    }

    @Override
    public List<ItemKey> keys(String pk, int itemsMax) {
        read();
        return table.keys(pk, itemsMax);
    }

    @Override
    public List<ItemKey> due(int shard, Instant until, int itemsMax) {
        read();
        return table.due(shard, until, itemsMax);
    }

    @Override
    public Write write(Change change) {
        return transact(List.of(change));
    }

    @Override
    public Write transact(List<Change> changes) {
        pause.run();
        if (random.nextDouble() >= loss) {
            return apply(changes);
        }
        switch (random.nextInt(3)) {
            case 0 -> apply(changes);
            case 1 -> late.add(changes);
            default -> {}
        }
        throw SdkClientException.create("no answer");
    }

    private void read() {
        pause.run();
        if (random.nextDouble() < loss) {
            throw SdkClientException.create("no answer");
        }
    }

    private Write apply(List<Change> changes) {
        Write answer = changes.size() == 1 ? table.write(changes.getFirst()) : table.transact(changes);
        witness.wrote(changes, answer);
        return answer;
    }
}
