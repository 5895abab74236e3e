package io.wanspec.simulator.run;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.Experience;
import io.wanspec.controller.Place;
import io.wanspec.controller.Worker;
import io.wanspec.simulator.world.Processor;
import io.wanspec.simulator.world.SessionFigures;
import io.wanspec.simulator.world.SimSession;
import io.wanspec.simulator.world.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs a policy through a scenario, one request after the other. */
public final class Experiment {
    public static final Worker BUSY = new Worker(new WorkerId("busy"), Place.BUSY_REGION);
    private static final int RUN_LENGTH_MAX = 16;

    private Experiment() {}

    public static Totals run(Scenario scenario, Policy policy) {
        Totals totals = new Totals();
        figures(scenario, policy, _ -> scenario.tokens()).forEach(totals::add);
        return totals;
    }

    /**
     * Runs a policy through a scenario whose answers differ in length.
     *
     * @param tokens of each answer, which are counted from 0
     * @return what each cost
     */
    public static List<SessionFigures> figures(Scenario scenario, Policy policy, IntUnaryOperator tokens) {
        List<SessionFigures> figures = new ArrayList<>();
        Experience experience = Experience.none();
        for (int i = 0; i < scenario.requests(); i++) {
            Scenario answer = scenario.withTokens(tokens.applyAsInt(i));
            SimSession session = one(answer, policy, experience, scenario.seed() + i);
            figures.add(session.figures());
            experience = session.experience();
        }
        return figures;
    }

    /** The best fixed run length of co-located speculation, by latency. */
    public static Totals bestColocated(Scenario scenario) {
        @Nullable Totals best = null;
        for (int k = 1; k <= RUN_LENGTH_MAX; k++) {
            Policy policy = new Policy("B1", ControllerSettings.colocated(SimSession.TARGET, BUSY, k));
            Totals totals = run(scenario, policy);
            if (best != null && totals.msPerToken() > best.msPerToken()) {
                break;
            }
            best = totals;
        }
        return Objects.requireNonNull(best);
    }

    static SimSession one(Scenario scenario, Policy policy, Experience experience, long seed) {
        VirtualTime time = new VirtualTime();
        Processor target = new Processor();
        SimSession session = new SimSession(
                new SimSession.Surroundings(
                        time,
                        scenario.wan(),
                        scenario.times(),
                        target,
                        policy.sharedProcessor() ? target : new Processor()),
                scenario.language().text(SimSession.PROMPT, seed),
                policy.settings(),
                experience,
                scenario.lookup(),
                scenario.tokens(),
                new SplittableRandom(seed));
        session.start();
        while (!session.isDone()) {
            if (!time.step()) {
                throw new IllegalStateException("seed " + seed + ": the request was left waiting");
            }
        }
        return session;
    }
}
