package io.wanspec.it.crash;

import io.wanspec.functions.crash.CrashPoint;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * How the function of one seed dies.
 *
 * @param point where it halts by itself, and when it comes by for which time; by a signal otherwise
 * @param time from 1 on
 * @param takesOver whether it goes on with what another function has given back
 * @param breaksOff whether its clients leave it before it dies
 * @param events how many a client is sent before the signal, or before it leaves
 * @param delayMicros until the signal instead, if positive
 */
record Doom(Optional<CrashPoint> point, int time, boolean takesOver, boolean breaksOff, int events, int delayMicros) {
    private static final List<CrashPoint> ONCE_A_SESSION =
            List.of(CrashPoint.BEFORE_CREATE, CrashPoint.AFTER_CREATE, CrashPoint.BEFORE_END, CrashPoint.AFTER_END);
    private static final List<CrashPoint> OFTEN = List.of(
            CrashPoint.BEFORE_CHECKPOINT, CrashPoint.AFTER_CHECKPOINT, CrashPoint.BEFORE_SENT, CrashPoint.AFTER_SENT);
    private static final int TIMES_MAX = 24;
    private static final int EVENTS_MAX = 60;
    private static final int DELAY_MICROS_MAX = 400_000;

    static Doom of(int seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        boolean takesOver = random.nextInt(4) == 0;
        int events = 1 + random.nextInt(EVENTS_MAX);
        return switch (random.nextInt(takesOver ? 4 : 8)) {
            case 0 -> new Doom(Optional.of(often(random)), 1 + random.nextInt(TIMES_MAX), takesOver, false, events, 0);
            case 1 -> {
                CrashPoint once = takesOver ? CrashPoint.AFTER_CLAIM : pick(random, ONCE_A_SESSION);
                yield new Doom(Optional.of(once), 1 + random.nextInt(CrashTest.CLIENTS), takesOver, false, events, 0);
            }
            case 2 -> new Doom(Optional.of(CrashPoint.BEFORE_RELEASE), 1, takesOver, true, 1 + events / 2, 0);
            case 3 -> new Doom(Optional.empty(), 0, takesOver, false, events, 0);
            case 4 -> new Doom(Optional.empty(), 0, false, false, 0, 1 + random.nextInt(DELAY_MICROS_MAX));
            case 5 -> new Doom(Optional.empty(), 0, false, false, events, 0);
            case 6 -> new Doom(Optional.of(often(random)), 1 + random.nextInt(TIMES_MAX), false, false, events, 0);
            default ->
                new Doom(
                        Optional.of(pick(random, ONCE_A_SESSION)),
                        1 + random.nextInt(CrashTest.CLIENTS),
                        false,
                        false,
                        events,
                        0);
        };
    }

    private static CrashPoint often(RandomGenerator random) {
        return pick(random, OFTEN);
    }

    private static CrashPoint pick(RandomGenerator random, List<CrashPoint> points) {
        return points.get(random.nextInt(points.size()));
    }

    /** For {@code -Dwanspec.crash.at}. */
    Optional<String> crashAt() {
        return point.map(at -> at.word() + ":" + time);
    }

    @Override
    public String toString() {
        return crashAt().orElse(delayMicros > 0 ? "signal after " + delayMicros + " us" : "signal after " + events)
                + (takesOver ? ", having taken over" : "")
                + (breaksOff ? ", left by its clients" : "");
    }
}
