package io.wanspec.simulator.fault;

import io.wanspec.simulator.run.Crew;

/** Runs seeded cases one after the other. */
public final class FaultRun {
    /** Every so manieth case is also given to a second controller, and has its timeline written. */
    private static final int REPLAY_EVERY = 8;

    private FaultRun() {}

    /**
     * @param firstSeed of the cases
     * @param cases how many
     * @param progress is told after every case
     * @return how often what was seen, a line each
     * @throws BrokenInvariant naming the seed and the command that replays it
     */
    public static String run(long firstSeed, int cases, Crew.Progress progress) {
        return outcome(firstSeed, cases, progress).toString();
    }

    static FaultOutcome outcome(long firstSeed, int cases, Crew.Progress progress) {
        FaultOutcome total = new FaultOutcome();
        for (int i = 0; i < cases; i++) {
            total.add(one(firstSeed + i));
            progress.at(i + 1, cases);
        }
        return total;
    }

    private static FaultOutcome one(long seed) {
        try {
            FaultSession session = new FaultSession(FaultCase.of(seed));
            return session.run(seed % REPLAY_EVERY == 0);
        } catch (RuntimeException | StackOverflowError e) {
            throw new BrokenInvariant(seed, e);
        }
    }
}
