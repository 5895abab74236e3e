package io.wanspec.controller.interactions;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Nanoseconds as milliseconds, to a tenth. */
final class Times {
    private static final int NANO_DIGITS = 6;

    private Times() {}

    static String ms(long nanos) {
        return print(nanos, RoundingMode.HALF_UP);
    }

    /** Rounded up: a wake-up at the printed time is never early. */
    static String dueMs(long nanos) {
        return print(nanos, RoundingMode.CEILING);
    }

    private static String print(long nanos, RoundingMode rounding) {
        BigDecimal ms = BigDecimal.valueOf(nanos, NANO_DIGITS).setScale(1, rounding);
        return (ms.signum() == 0 ? BigDecimal.ZERO : ms.stripTrailingZeros()).toPlainString() + "ms";
    }
}
