package io.wanspec.functions.access.budget;

import java.util.EnumMap;
import java.util.Map;

/**
 * What one request needs at once.
 *
 * @param slot whether it also needs a place among the answers at once
 */
record Need(Map<Budget, Long> amounts, boolean slot) {
    Need {
        amounts = new EnumMap<>(amounts);
    }

    static Need request() {
        return new Need(Map.of(Budget.REQUESTS_PER_MINUTE, 1L), false);
    }

    static Need answer(long tokens) {
        return new Need(Map.of(Budget.TOKENS_PER_MINUTE, tokens, Budget.TOKENS_PER_DAY, tokens), true);
    }

    /** A limit that is in the way of a part of it: the client is told what its request needs, not what a function lacked of it. */
    LimitHit whole(LimitHit hit) {
        long needed = switch (hit.kind()) {
            case REQUESTS_PER_MINUTE -> of(Budget.REQUESTS_PER_MINUTE);
            case TOKENS_PER_MINUTE -> of(Budget.TOKENS_PER_MINUTE);
            case TOKENS_PER_DAY -> of(Budget.TOKENS_PER_DAY);
            case CONCURRENT -> 1;
        };
        return new LimitHit(hit.kind(), hit.limit(), needed, hit.retryAfterMs());
    }

    long of(Budget budget) {
        return amounts.getOrDefault(budget, 0L);
    }
}
