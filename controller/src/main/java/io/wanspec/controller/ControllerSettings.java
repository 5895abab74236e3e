package io.wanspec.controller;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.controller.policy.Redundancy;
import java.time.Duration;
import java.util.List;

/**
 * How a session speculates.
 *
 * @param target whose text is generated
 * @param workers in order of preference; empty for plain decoding
 * @param redundancy when busy-region workers draft although a remote one does; if no remote one is given they always do
 * @param draft how remote workers draft
 * @param verify what goes into a round
 * @param waitWorth how long to wait for drafts that are expected to add one accepted token, as a share of the time that the
 *     target takes for a token at present
 * @param lookupTokens most tokens that are drafted for free from the text itself where no draft is at hand; 0 for none
 * @param guarded whether earlier requests' {@link LearnedEstimates} may hold speculation back where it loses
 * @param limits deadlines and retries
 */
public record ControllerSettings(
        ModelIdentity target,
        List<Worker> workers,
        Redundancy redundancy,
        DraftShape draft,
        VerifyShape verify,
        double waitWorth,
        int lookupTokens,
        boolean guarded,
        SessionLimits limits) {
    /**
     * The wait is certain, and drafts that come too late for this round still serve the next: a token is worth less than its
     * time. Chosen among 1, 0.7, 0.5 and 0.35 in virtual time for chains.
     */
    public static final double CHAIN_WAIT_WORTH = 0.7;

    private static final int WORKERS_MAX = 8;
    private static final double WAIT_WORTH_MAX = 100;
    private static final int LOOKUP_TOKENS_MAX = 16;

    public ControllerSettings {
        workers = List.copyOf(workers);
        require(workers.size() <= WORKERS_MAX, "at most " + WORKERS_MAX + " workers a session");
        require(
                workers.stream().map(Worker::id).distinct().count() == workers.size(),
                "every worker of a session needs an id of its own");
        require(waitWorth >= 0 && waitWorth <= WAIT_WORTH_MAX, "wait worth must be between 0 and " + WAIT_WORTH_MAX);
        require(
                lookupTokens >= 0 && lookupTokens <= LOOKUP_TOKENS_MAX,
                "lookup tokens must be between 0 and " + LOOKUP_TOKENS_MAX);
    }

    /** Remote chains, with the given redundancy in the busy region. */
    public static ControllerSettings wanspec(ModelIdentity target, List<Worker> workers, Redundancy redundancy) {
        return new ControllerSettings(
                target,
                workers,
                redundancy,
                DraftShape.chain(DraftShape.CHAIN_WINDOW_DEFAULT),
                VerifyShape.chain(VerifyShape.CHAIN_TOKENS_DEFAULT),
                CHAIN_WAIT_WORTH,
                0,
                false,
                SessionLimits.DEFAULT);
    }

    /** B1: co-located speculation, {@code runLength} drafts a round, drafting and verifying in turn. */
    public static ControllerSettings colocated(ModelIdentity target, Worker busyWorker, int runLength) {
        return new ControllerSettings(
                target,
                List.of(busyWorker),
                new Redundancy.Always(),
                DraftShape.chain(DraftShape.CHAIN_WINDOW_DEFAULT),
                VerifyShape.fixedRun(runLength),
                CHAIN_WAIT_WORTH,
                0,
                false,
                SessionLimits.DEFAULT);
    }

    /** The controller's own plain decoding: one token a round. */
    public static ControllerSettings plain(ModelIdentity target) {
        return new ControllerSettings(
                target,
                List.of(),
                new Redundancy.Never(),
                DraftShape.chain(DraftShape.CHAIN_WINDOW_DEFAULT),
                VerifyShape.plain(),
                CHAIN_WAIT_WORTH,
                0,
                false,
                SessionLimits.DEFAULT);
    }

    public ControllerSettings with(SessionLimits other) {
        return new ControllerSettings(
                target, workers, redundancy, draft, verify, waitWorth, lookupTokens, guarded, other);
    }

    /** The same session, decoding plainly. */
    ControllerSettings withoutDrafts() {
        return new ControllerSettings(
                target, List.of(), redundancy, draft, VerifyShape.plain(), waitWorth, 0, guarded, limits);
    }

    /** Most draft tokens of a round, and how far ahead a busy-region worker may draft where it drafts unasked. */
    public int runLength() {
        return verify.tokensMax();
    }

    public Duration deadline() {
        return limits.deadline();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
