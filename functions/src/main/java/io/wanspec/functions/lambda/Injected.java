package io.wanspec.functions.lambda;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fields of handlers, which Lambda makes without arguments: they are set once the handler is made. */
final class Injected {
    private Injected() {}

    static <T> T of(@Nullable T field) {
        return Objects.requireNonNull(field, "the function did not start");
    }
}
