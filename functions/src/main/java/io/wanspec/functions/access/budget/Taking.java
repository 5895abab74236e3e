package io.wanspec.functions.access.budget;

import java.util.Map;

/** What becomes of an {@link Ask}. */
sealed interface Taking {
    /**
     * @param state to be written, if the table is still as it was
     * @param taken what the function now holds of each budget that it asked for
     * @param slots places that it now holds
     */
    record Granted(UsageState state, Map<Budget, Held> taken, long slots, long slotsUntilMs) implements Taking {
        public Granted {
            taken = Map.copyOf(taken);
        }
    }

    /** Nothing is written. */
    record Refused(LimitHit hit) implements Taking {}
}
