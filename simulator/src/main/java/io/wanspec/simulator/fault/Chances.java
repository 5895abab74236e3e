package io.wanspec.simulator.fault;

import java.util.List;
import java.util.SplittableRandom;

/** Draws what a case is made of. */
final class Chances {
    private final SplittableRandom random;

    Chances(SplittableRandom random) {
        this.random = random;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    boolean happens(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** From {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    double upTo(double most) {
        return random.nextDouble() * most;
    }

    /** Mostly 0, else up to {@code most}: most cases should have few kinds of faults, so that each is seen alone. */
    double rarely(double most) {
        return oneIn(3) ? upTo(most) : 0;
    }

    <T> T oneOf(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    int[] ints(int count, int least, int most) {
        return random.ints(count, least, most + 1).toArray();
    }

    long anyLong() {
        return random.nextLong();
    }
}
