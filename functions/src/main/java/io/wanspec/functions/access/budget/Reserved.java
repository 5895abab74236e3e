package io.wanspec.functions.access.budget;

import java.util.EnumMap;
import java.util.Map;

/** What became of an answer's wish for tokens and a place. */
sealed interface Reserved {
    /** @param windows that the tokens were taken from, of each budget that has a limit */
    record Reservation(long tokens, Map<Budget, Long> windows) implements Reserved {
        public Reservation {
            windows = Map.copyOf(windows);
        }

        /** Goes back to where it came from. */
        Map<Budget, Held> unspent(long used) {
            Map<Budget, Held> unspent = new EnumMap<>(Budget.class);
            windows.forEach((budget, window) -> unspent.put(budget, new Held(window, Math.max(0, tokens - used))));
            return unspent;
        }
    }

    record Refused(LimitHit hit) implements Reserved {}
}
