package io.wanspec.functions.access.budget;

import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.ForwardingTable;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The way to the table while the network is bad: answers are lost, writes are sent twice, or arrive when nobody expects them. */
final class FlakyTable extends ForwardingTable {
    private final Random random;
    private final Runnable meanwhile;
    private final List<Change> late = new ArrayList<>();
    double loss;

    /** @param meanwhile what others do while a call is under way */
    FlakyTable(Table table, Random random, Runnable meanwhile) {
        super(table);
        this.random = random;
        this.meanwhile = meanwhile;
    }

    @Override
    public Optional<Item> get(ItemKey key) {
        if (random.nextDouble() < loss / 2) {
            throw lost();
        }
        return table.get(key);
    }

    @Override
    public Write write(Change change) {
        meanwhile.run();
        if (random.nextDouble() >= loss) {
            return table.write(change);
        }
        switch (random.nextInt(4)) {
            case 0 -> table.write(change);
            case 1 -> late.add(change);
            case 2 -> {
                table.write(change);
                meanwhile.run();
                return table.write(change);
            }
            default -> {}
        }
        throw lost();
    }

    void deliverLate() {
        late.forEach(table::write);
        late.clear();
    }

    private static SdkClientException lost() {
        return SdkClientException.create("no answer");
    }
}
