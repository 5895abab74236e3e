package io.wanspec.simulator.fault;

/** Runs seeded cases one after the other. */
public final class FaultRun {
    private static final String REPLAY = "mvn -q test -pl simulator -am -Dtest=FaultScheduleTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dwanspec.seed=";

    /** Every so manieth case is also given to a second controller. */
    private static final int REPLAY_EVERY = 8;

    private FaultRun() {}

    /**
     * @param firstSeed of the cases
     * @param cases how many
     * @return how often what was seen
     * @throws IllegalStateException naming the seed and the command that replays it, if an invariant breaks
     */
    public static String run(long firstSeed, long cases) {
        return outcome(firstSeed, cases).toString();
    }

    static FaultOutcome outcome(long firstSeed, long cases) {
        FaultOutcome total = new FaultOutcome();
        for (long seed = firstSeed; seed < firstSeed + cases; seed++) {
            total.add(one(seed));
        }
        return total;
    }

    private static FaultOutcome one(long seed) {
        try {
            FaultSession session = new FaultSession(FaultCase.of(seed));
            FaultOutcome outcome = session.run();
            if (seed % REPLAY_EVERY == 0) {
                session.checkReplay();
            }
            return outcome;
        } catch (RuntimeException | StackOverflowError e) {
            throw new IllegalStateException("seed " + seed + ": " + e.getMessage() + "; replay: " + REPLAY + seed, e);
        }
    }

    /** @param arguments number of cases, and the first seed (0 if absent) */
    public static void main(String[] arguments) {
        if (arguments.length < 1 || arguments.length > 2) {
            throw new IllegalArgumentException("CASES [FIRST_SEED]");
        }
        long first = arguments.length == 2 ? Long.parseLong(arguments[1]) : 0;
        System.out.print(run(first, Long.parseLong(arguments[0])));
    }
}
