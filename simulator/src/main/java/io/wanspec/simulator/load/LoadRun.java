package io.wanspec.simulator.load;

import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.SessionLimits;
import io.wanspec.simulator.run.Policy;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.world.SimSession;
import io.wanspec.simulator.world.VirtualTime;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A policy at one target under a load. Requests that came while the load was building up do not count; those behind the last
 * that counts are served all the same, so that all meet the same load.
 */
final class LoadRun {
    private static final double NANOS_PER_S = 1e9;

    /** Time within which clients begin, for each of them. */
    private static final long STAGGER_NANOS = 20_000_000L;

    /** Requests that come before those that count, where they come at random. */
    private static final int WARM_UP = 60;

    /** A crowd is slow, but nobody leaves it. */
    private static final SessionLimits PATIENT =
            new SessionLimits(Duration.ofDays(1), Duration.ofHours(1), SessionLimits.DEFAULT.reopenAttempts());

    private final VirtualTime time = new VirtualTime();
    private final Scenario scenario;
    private final Policy policy;
    private final Serving.Machines machines;
    private final LoadFigures figures;
    private final Set<SimSession> active = new LinkedHashSet<>();
    private LearnedByKind learned = LearnedByKind.none();
    private long nextSeed;

    private LoadRun(Scenario scenario, Policy policy, Serving serving, int wanted) {
        this.scenario = scenario;
        this.policy = policy;
        machines = serving.machines(time, scenario.times());
        figures = new LoadFigures(machines, wanted);
        nextSeed = scenario.seed();
    }

    /** @param scenario its requests are those that count: of each client, or in all where they come at random */
    static LoadFigures of(Scenario scenario, Policy policy, Serving serving, SessionArrivals arrivals) {
        return switch (arrivals) {
            case SessionArrivals.Clients clients ->
                new LoadRun(scenario, policy, serving, clients.number() * scenario.requests())
                        .clients(clients.number());
            case SessionArrivals.Random random ->
                new LoadRun(scenario, policy, serving, scenario.requests()).random(random.perSecond());
        };
    }

    private LoadFigures clients(int number) {
        SplittableRandom random = new SplittableRandom(scenario.seed());
        for (int client = 0; client < number; client++) {
            time.at(1 + random.nextLong(STAGGER_NANOS * number), () -> next(0));
        }
        return finish();
    }

    /** A client's requests, one after the other for ever; the first one meets clients who have only begun. */
    private void next(int before) {
        request(before >= 1 && before <= scenario.requests(), () -> next(before + 1));
    }

    private LoadFigures random(double perSecond) {
        arrive(new SplittableRandom(scenario.seed()), perSecond, 0);
        return finish();
    }

    private void arrive(SplittableRandom random, double perSecond, int before) {
        long gap = Math.round(-Math.log(1 - random.nextDouble()) / perSecond * NANOS_PER_S);
        time.at(time.now() + 1 + gap, () -> {
            request(before >= WARM_UP && before < WARM_UP + scenario.requests(), () -> {});
            arrive(random, perSecond, before + 1);
        });
    }

    private void request(boolean counts, Runnable then) {
        long seed = nextSeed++;
        SimSession session = new SimSession(
                new SimSession.Surroundings(
                        time, scenario.wan(), machines.target(), machines.busyDrafts(), machines.remoteDrafts()),
                scenario.language().text(SimSession.PROMPT, seed),
                policy.settings().with(PATIENT),
                learned,
                scenario.lookup(),
                scenario.tokens(),
                new SplittableRandom(seed));
        session.whenDone(() -> {
            figures.answered(session, counts, time.now());
            active.remove(session);
            learned = session.teach(learned);
            then.run();
        });
        active.add(session);
        figures.came(counts, active, time.now());
        session.start();
    }

    private LoadFigures finish() {
        while (!figures.areComplete()) {
            if (!time.step()) {
                throw new IllegalStateException("a request was left waiting");
            }
        }
        return figures.at(time.now(), active);
    }
}
