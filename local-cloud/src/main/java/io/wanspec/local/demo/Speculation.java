package io.wanspec.local.demo;

import java.util.OptionalDouble;

/**
 * How WANSpec shall draft.
 *
 * @param priceMs for {@link Redundancy#VALUE}: saved time that a busy-region pass must be expected to bring; the server's
 *     default if absent
 */
public record Speculation(Draft draft, Redundancy redundancy, OptionalDouble priceMs) {
    public Speculation(Draft draft, Redundancy redundancy) {
        this(draft, redundancy, OptionalDouble.empty());
    }
}
