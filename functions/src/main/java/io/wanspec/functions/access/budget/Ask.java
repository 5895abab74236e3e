package io.wanspec.functions.access.budget;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a function wants of a key's budget, and what it gives back.
 *
 * @param function that asks
 * @param parts by what is counted
 * @param slotsKept places of answers that it makes already: they are counted, never refused
 * @param slotsMore places that it needs beyond
 * @param slotsWish places that it would like beyond those
 */
record Ask(String function, Map<Budget, Part> parts, long slotsKept, long slotsMore, long slotsWish) {
    Ask {
        parts = Map.copyOf(parts);
    }

    /** What it gives back, by what is counted. */
    Map<Budget, Held> returns() {
        Map<Budget, Held> returns = new EnumMap<>(Budget.class);
        parts.forEach((budget, part) -> {
            if (part.returned() > 0) {
                returns.put(budget, new Held(part.returnedOf(), part.returned()));
            }
        });
        return returns;
    }

    /** The same wishes, and nothing given back. */
    Ask withoutReturns() {
        Map<Budget, Part> wishes = new EnumMap<>(Budget.class);
        parts.forEach((budget, part) -> wishes.put(budget, Part.take(part.need(), part.wish())));
        return new Ask(function, wishes, slotsKept, slotsMore, slotsWish);
    }

    /**
     * @param need without which the function can do nothing
     * @param wish beyond, so that it need not come again for each request
     * @param returned what it took and did not spend, of window {@code returnedOf}
     */
    record Part(long need, long wish, long returned, long returnedOf) {
        static Part take(long need, long wish) {
            return new Part(need, wish, 0, -1);
        }

        static Part give(Held held) {
            return new Part(0, 0, held.left(), held.window());
        }
    }
}
