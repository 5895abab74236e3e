package io.wanspec.controller;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.controller.policy.Redundancy;
import java.time.Duration;
import java.util.List;

/**
 * How a session speculates.
 *
 * @param target whose text is generated
 * @param workers in order of preference; empty for plain decoding
 * @param redundancy when busy-region workers draft although a remote one does; without remote workers they always draft
 * @param runLength most draft tokens in one round; 0 for plain decoding
 * @param fixedRun wait for a full run before each round, as plain co-located speculation does
 * @param window how far remote workers may draft ahead of the committed prefix, in tokens
 * @param deadline for the whole request
 * @param passTimeout for one round, and for opening the target
 * @param reopenAttempts how often a lost target link, and each lost worker, is opened again
 */
public record ControllerSettings(
        ModelIdentity target,
        List<Worker> workers,
        Redundancy redundancy,
        int runLength,
        boolean fixedRun,
        int window,
        Duration deadline,
        Duration passTimeout,
        int reopenAttempts) {
    /** Enough for a round trip of 100 ms at 10 ms a token with a run to spare. */
    public static final int WINDOW_DEFAULT = 24;

    public static final int RUN_LENGTH_DEFAULT = 8;
    public static final Duration DEADLINE_DEFAULT = Duration.ofMinutes(10);
    public static final Duration PASS_TIMEOUT_DEFAULT = Duration.ofSeconds(60);
    public static final int REOPEN_ATTEMPTS_DEFAULT = 2;
    private static final int WORKERS_MAX = 8;
    private static final int REOPEN_ATTEMPTS_MAX = 10;

    public ControllerSettings {
        workers = List.copyOf(workers);
        require(workers.size() <= WORKERS_MAX, "at most " + WORKERS_MAX + " workers a session");
        require(
                workers.stream().map(Worker::id).distinct().count() == workers.size(),
                "every worker of a session needs an id of its own");
        require(
                runLength >= 0 && runLength <= Limits.RUN_TOKENS_MAX,
                "run length must be between 0 and " + Limits.RUN_TOKENS_MAX);
        require(
                window >= 1 && window <= Limits.WINDOW_TOKENS_MAX,
                "window must be between 1 and " + Limits.WINDOW_TOKENS_MAX);
        require(deadline.isPositive() && passTimeout.isPositive(), "deadline and pass timeout must be positive");
        require(
                reopenAttempts >= 0 && reopenAttempts <= REOPEN_ATTEMPTS_MAX,
                "reopen attempts must be between 0 and " + REOPEN_ATTEMPTS_MAX);
    }

    /** WANSpec: remote drafts, with the given redundancy in the busy region. */
    public static ControllerSettings wanspec(ModelIdentity target, List<Worker> workers, Redundancy redundancy) {
        return of(target, workers, redundancy, RUN_LENGTH_DEFAULT, false);
    }

    /** B1: co-located speculation, {@code runLength} drafts a round, drafting and verifying in turn. */
    public static ControllerSettings colocated(ModelIdentity target, Worker busyWorker, int runLength) {
        return of(target, List.of(busyWorker), new Redundancy.Always(), runLength, true);
    }

    /** The controller's own plain decoding: one token a round. */
    public static ControllerSettings plain(ModelIdentity target) {
        return of(target, List.of(), new Redundancy.Never(), 0, false);
    }

    private static ControllerSettings of(
            ModelIdentity target, List<Worker> workers, Redundancy redundancy, int runLength, boolean fixedRun) {
        return new ControllerSettings(
                target,
                workers,
                redundancy,
                runLength,
                fixedRun,
                WINDOW_DEFAULT,
                DEADLINE_DEFAULT,
                PASS_TIMEOUT_DEFAULT,
                REOPEN_ATTEMPTS_DEFAULT);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
