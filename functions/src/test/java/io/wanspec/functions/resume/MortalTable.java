package io.wanspec.functions.resume;

import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The table as a function sees it that is killed at one of its calls, just before or just after the call took effect. */
public final class MortalTable implements Table {
    private final Table table;
    private final boolean after;
    private int callsLeft;
    private boolean dead;

    /** @param lastCall at which the function is killed, counted from 1 */
    public MortalTable(Table table, int lastCall, boolean after) {
        this.table = table;
        this.callsLeft = lastCall;
        this.after = after;
    }

    public synchronized boolean isDead() {
        return dead;
    }

    private synchronized <T> T call(Supplier<T> call) {
        boolean dies = !dead && --callsLeft == 0;
        if (!dead && (!dies || after)) {
            T answer = call.get();
            if (!dies) {
                return answer;
            }
        }
        dead = true;
        throw SdkClientException.create("killed");
    }

    @Override
    public Optional<Item> get(ItemKey key) {
        return call(() -> table.get(key));
    }

    @Override
    public List<Item> query(String pk, String from, String to, int itemsMax) {
        return call(() -> table.query(pk, from, to, itemsMax));
    }

    @Override
    public List<ItemKey> keys(String pk, int itemsMax) {
        return call(() -> table.keys(pk, itemsMax));
    }

    @Override
    public List<ItemKey> due(int shard, Instant until, int itemsMax) {
        return call(() -> table.due(shard, until, itemsMax));
    }

    @Override
    public Write write(Change change) {
        return call(() -> table.write(change));
    }

    @Override
    public Write transact(List<Change> changes) {
        return call(() -> table.transact(changes));
    }
}
