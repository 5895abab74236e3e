package io.wanspec.simulator.fault;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must hold after every event. */
final class InvariantCheck {
    private InvariantCheck() {}

    static void that(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    static void same(@Nullable Object is, @Nullable Object shouldBe, String what) {
        if (!Objects.equals(is, shouldBe)) {
            throw new IllegalStateException(what + ": is " + is + ", should be " + shouldBe);
        }
    }

    static void atMost(long is, long limit, String what) {
        if (is > limit) {
            throw new IllegalStateException(what + ": is " + is + ", must be at most " + limit);
        }
    }
}
