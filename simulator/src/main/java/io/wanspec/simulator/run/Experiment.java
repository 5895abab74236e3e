package io.wanspec.simulator.run;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.Place;
import io.wanspec.controller.Worker;
import io.wanspec.simulator.world.Accelerator;
import io.wanspec.simulator.world.SessionFigures;
import io.wanspec.simulator.world.SimSession;
import io.wanspec.simulator.world.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/** Runs a policy through a scenario, one request after the other. */
public final class Experiment {
    public static final Worker BUSY = new Worker(new WorkerId("busy"), Place.BUSY_REGION);

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
        LearnedByKind learned = LearnedByKind.none();
        for (int i = 0; i < scenario.requests(); i++) {
            Scenario answer = scenario.withTokens(tokens.applyAsInt(i));
            SimSession session = one(answer, policy, learned, scenario.seed() + i);
            figures.add(session.figures());
            learned = session.teach(learned);
        }
        return figures;
    }

    static SimSession one(Scenario scenario, Policy policy, LearnedByKind learned, long seed) {
        VirtualTime time = new VirtualTime();
        Accelerator target = new Accelerator();
        SimSession session = new SimSession(
                SimSession.Surroundings.inTurns(
                        time,
                        scenario.wan(),
                        scenario.times(),
                        target,
                        policy.sharedProcessor() ? target : new Accelerator()),
                scenario.language().text(SimSession.PROMPT, seed),
                policy.settings(),
                learned,
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
