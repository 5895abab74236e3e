package io.wanspec.functions.table;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The functions' table. Blocks: call from virtual threads, and for no longer than {@link TableClient#CALL_TIMEOUT} a call.
 *
 * <p>Every call throws {@link SdkException} if the table does not answer. A write that was not answered may have taken effect,
 * or may still: whoever writes must be able to tell, by what the item holds, that the write was its own.
 */
public interface Table {
    /** The newest state of an item, unless its time is over. */
    Optional<Item> get(ItemKey key);

    /**
     * As {@link #get}, but behind all of each transaction of which something can be read already: single reads may see one of its
     * items before another. Waits for a while for one that is under way.
     */
    default Optional<Item> getSettled(ItemKey key) {
        return get(key);
    }

    /**
     * The newest state of a partition's items, by their sort keys; those whose time is over are left out.
     *
     * @param from first sort key, itself included
     * @param to last sort key, itself included
     * @param itemsMax more are not read
     */
    List<Item> query(String pk, String from, String to, int itemsMax);

    /** All items whose sort key begins so; the table takes no empty bounds. */
    default List<Item> query(String pk, String prefix, int itemsMax) {
        return query(pk, prefix.isEmpty() ? " " : prefix, prefix + '\uffff', itemsMax);
    }

    /** What there is of a partition, also what has expired: for whoever deletes it. */
    List<ItemKey> keys(String pk, int itemsMax);

    Write write(Change change);

    /** All or none, of 100 items and 4 MB at most. */
    Write transact(List<Change> changes);

    /**
     * Keys of items that somebody has to look at, earliest first; see {@link Due}. A while after they were written only: this is
     * no consistent read.
     */
    List<ItemKey> due(int shard, Instant until, int itemsMax);

    default Write put(Item item) {
        return write(Change.put(item));
    }

    default Write put(Item item, Condition condition) {
        return write(Change.put(item, condition));
    }

    default Write update(ItemKey key, Update update, Condition condition) {
        return write(Change.update(key, update, condition));
    }

    default Write delete(ItemKey key) {
        return write(Change.delete(key));
    }

    default Write delete(ItemKey key, Condition condition) {
        return write(Change.delete(key, condition));
    }
}
