package io.wanspec.functions.table;

import java.time.Instant;

/**
 * Items that a scheduled function has to look at some time say when, in two attributes of a sparse index. Few partitions, so that
 * a look at all of them is cheap; more than one, so that their writes do not meet in one place.
 */
public final class Due {
    public static final int SHARDS = 8;

    static final String INDEX = "due";
    static final String SHARD = "dueShard";
    static final String AT = "dueAt";

    private Due() {}

    /** An item to be looked at from then on. */
    public static Item at(Item item, Instant at) {
        return item.with(SHARD, shard(item.key())).with(AT, at.getEpochSecond());
    }

    public static Update at(ItemKey key, Update update, Instant at) {
        return update.set(SHARD, shard(key)).set(AT, at.getEpochSecond());
    }

    static String shard(int shard) {
        return String.valueOf(shard);
    }

    private static String shard(ItemKey key) {
        return shard(Math.floorMod(key.pk().hashCode(), SHARDS));
    }
}
