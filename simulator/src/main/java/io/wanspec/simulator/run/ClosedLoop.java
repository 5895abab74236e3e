package io.wanspec.simulator.run;

import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.SessionLimits;
import io.wanspec.simulator.world.Accelerator;
import io.wanspec.simulator.world.SessionFigures;
import io.wanspec.simulator.world.SimSession;
import io.wanspec.simulator.world.VirtualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Users who share one target. Each has one request at a time and sends the next when it is answered. Passes of all requests
 * queue for the target's processor, one after the other, first come first served. Remote workers have a processor each. Passes of several requests are never batched.
 */
final class ClosedLoop {
    private static final double NANOS_PER_MS = 1e6;

    /** Time within which the users begin, for each of them. */
    private static final long STAGGER_NANOS = 100_000_000L;

    /** A crowd is slow, but nobody leaves it. */
    private static final SessionLimits PATIENT =
            new SessionLimits(Duration.ofDays(1), Duration.ofHours(1), SessionLimits.DEFAULT.reopenAttempts());

    private final VirtualTime time = new VirtualTime();
    private final Accelerator target;
    private final Accelerator busyDrafts;
    private final Scenario scenario;
    private final Policy policy;
    private final double[] msPerToken;
    private final Totals totals = new Totals();
    private LearnedByKind learned = LearnedByKind.none();
    private long nextSeed;
    private int counted;

    private ClosedLoop(Scenario scenario, Policy policy, int users, Accelerator target, Accelerator busyDrafts) {
        this.scenario = scenario;
        this.policy = policy;
        this.target = target;
        this.busyDrafts = busyDrafts;
        msPerToken = new double[users * scenario.requests()];
        nextSeed = scenario.seed();
    }

    /** Busy-region draft passes queue for the target's processor like its own. */
    static ClosedLoop run(Scenario scenario, Policy policy, int users) {
        Accelerator target = new Accelerator();
        return new ClosedLoop(scenario, policy, users, target, target).finish(users);
    }

    /**
     * Co-located speculation as an engine of its own runs it: the drafts and the verification of a round are one turn at the
     * processor, so that drafts need not queue. Here the verification takes the time of both.
     */
    static ClosedLoop runColocated(Scenario scenario, Policy policy, int users) {
        Scenario turns = scenario.with(scenario.times().inOneTurn());
        return new ClosedLoop(turns, policy, users, new Accelerator(), new Accelerator()).finish(users);
    }

    /**
     * Runs until every user has had as many answers as the scenario has requests, not counting the first, which met users who
     * had only begun.
     */
    private ClosedLoop finish(int users) {
        SplittableRandom random = new SplittableRandom(scenario.seed());
        for (int user = 0; user < users; user++) {
            time.at(1 + random.nextLong(STAGGER_NANOS * users), () -> request(0));
        }
        while (counted < msPerToken.length) {
            if (!time.step()) {
                throw new IllegalStateException("a request was left waiting");
            }
        }
        Arrays.sort(msPerToken);
        return this;
    }

    private void request(int before) {
        long seed = nextSeed++;
        SimSession session = new SimSession(
                SimSession.Surroundings.inTurns(time, scenario.wan(), scenario.times(), target, busyDrafts),
                scenario.language().text(SimSession.PROMPT, seed),
                policy.settings().with(PATIENT),
                learned,
                scenario.lookup(),
                scenario.tokens(),
                new SplittableRandom(seed));
        session.whenDone(() -> answered(session, before));
        session.start();
    }

    /** Users go on when they have had enough answers, so that the others still meet the whole crowd. */
    private void answered(SimSession session, int before) {
        if (before >= 1 && before <= scenario.requests()) {
            SessionFigures figures = session.figures();
            totals.add(figures);
            msPerToken[counted++] = figures.nanos() / NANOS_PER_MS / figures.tokens();
        }
        learned = session.teach(learned);
        request(before + 1);
    }

    /** Milliseconds a token that this share of the requests did not exceed. */
    double quantile(double share) {
        return msPerToken[Math.max(0, (int) Math.ceil(share * msPerToken.length) - 1)];
    }

    Totals totals() {
        return totals;
    }

    /** Share of the time in which the target's processor was busy. */
    double utilisation() {
        return target.utilisation(time.now());
    }
}
