package io.wanspec.functions.table;

/** A conditional write of one item, on its own or in a transaction. */
public sealed interface Change {
    ItemKey key();

    Condition condition();

    /** The whole item, in place of what may be there. */
    record Put(Item item, Condition condition) implements Change {
        @Override
        public ItemKey key() {
            return item.key();
        }
    }

    /** Some attributes. */
    record Modify(ItemKey key, Update update, Condition condition) implements Change {}

    record Delete(ItemKey key, Condition condition) implements Change {}

    /** Nothing is written, but the transaction takes effect only if this holds. */
    record Check(ItemKey key, Condition condition) implements Change {
        public Check {
            if (condition instanceof Condition.Always) {
                throw new IllegalArgumentException("a check checks something");
            }
        }
    }

    static Change put(Item item) {
        return new Put(item, Condition.always());
    }

    static Change put(Item item, Condition condition) {
        return new Put(item, condition);
    }

    static Change update(ItemKey key, Update update, Condition condition) {
        return new Modify(key, update, condition);
    }

    static Change delete(ItemKey key) {
        return new Delete(key, Condition.always());
    }

    static Change delete(ItemKey key, Condition condition) {
        return new Delete(key, condition);
    }

    static Change check(ItemKey key, Condition condition) {
        return new Check(key, condition);
    }
}
