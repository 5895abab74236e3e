package io.wanspec.functions.access.budget;

import io.wanspec.functions.table.Item;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One function's writes to a key's use that nobody answered. Whether one took effect can be seen in the item later, because each
 * version of it has its writer's mark. Then what it took is there to be spent, and what it did not give back is too.
 */
final class OpenWrites {
    /** What is forgotten beyond stays charged until its windows end. */
    private static final int OPEN_MAX = 32;

    private final List<Unanswered> open = new ArrayList<>();
    private final Map<Budget, Held> recovered = new EnumMap<>(Budget.class);

    /** @param version of the item that it was to make */
    private record Unanswered(long version, String mark, Ask ask, Taking.Granted granted) {
        /** Whatever became of it, nothing comes of it: one that renews places, say. */
        boolean movesNothing() {
            return ask.returns().isEmpty() && granted.taken().values().stream().allMatch(held -> held.left() == 0);
        }
    }

    /** Of those that move nothing the last one is enough to know that there is one: they push out none of the others. */
    synchronized void add(long version, String mark, Ask ask, Taking.Granted granted) {
        var write = new Unanswered(version, mark, ask, granted);
        open.removeIf(Unanswered::movesNothing);
        if (open.size() == OPEN_MAX) {
            if (write.movesNothing()) {
                return;
            }
            open.removeFirst();
        }
        open.add(write);
    }

    /** @param item as it is now */
    synchronized void look(@Nullable Item item) {
        open.removeIf(write -> switch (UsageItem.fate(item, write.version(), write.mark())) {
            case TOOK_EFFECT -> recover(write.granted().taken());
            case NEVER -> recover(write.ask().returns());
            case OUT_OF_SIGHT -> true;
            case OPEN -> false;
        });
    }

    /** @return true */
    synchronized boolean recover(Map<Budget, Held> amounts) {
        amounts.forEach((budget, amount) -> recovered.merge(budget, amount, Held::and));
        return true;
    }

    synchronized boolean isOpen() {
        return !open.isEmpty();
    }

    synchronized Map<Budget, Held> recovered() {
        Map<Budget, Held> all = new EnumMap<>(recovered);
        recovered.clear();
        return all;
    }
}
