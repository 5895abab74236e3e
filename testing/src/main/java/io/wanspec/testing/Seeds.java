package io.wanspec.testing;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.LongStream;

/** The seeds that a test is tried with, as its name and the settings say. */
record Seeds(String test, int tries, Function<String, Optional<String>> settings) {
    private static final String ONLY = "wanspec.seed";
    private static final String BASE = "wanspec.base";
    private static final String FACTOR = "wanspec.tries";
    /** Not the step of {@link SplittableRandom}, which would give the same seeds again, one later. */
    private static final long FAR = 0xD1342543DE82EF95L;

    LongStream stream() {
        return settings.apply(ONLY)
                .map(seed -> LongStream.of(Long.parseLong(seed)))
                .orElseGet(() -> new SplittableRandom(base()).longs(scaledTries()));
    }

    /** Every test has its own, so that they do not all try the same inputs; stable from build to build. */
    private long base() {
        return settings.apply(BASE).map(Long::parseLong).orElse(0L) * FAR + test.hashCode();
    }

    private long scaledTries() {
        double factor = settings.apply(FACTOR).map(Double::parseDouble).orElse(1.0);
        return Math.max(1, Math.round(tries * factor));
    }
}
