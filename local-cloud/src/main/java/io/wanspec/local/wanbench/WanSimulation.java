package io.wanspec.local.wanbench;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.local.launch.LaunchProgress;
import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Experiment;
import io.wanspec.simulator.run.Policy;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.run.Scenarios;
import io.wanspec.simulator.trace.Trace;
import io.wanspec.simulator.world.PassTimes;
import io.wanspec.simulator.world.SessionFigures;
import io.wanspec.simulator.world.Wan;
import java.util.ArrayList;
import java.util.List;

/** Simulates what was measured: the same answers, token by token, the same ways of serving, the same distances and pass times. */
public final class WanSimulation {
    /**
     * How often each answer is simulated. Behind wrong guesses a trace knows nothing, and chance stands in: other chances each
     * time.
     */
    private static final int TIMES = 20;

    private final WanBenchSettings settings;
    private final Trace trace;

    public WanSimulation(WanBenchSettings settings, Trace trace) {
        this.settings = settings;
        this.trace = trace;
    }

    /** Rows for those of {@code outcome}. */
    public List<WanRow> run(WanBench.Outcome outcome, LaunchProgress progress) {
        progress.step("simulating the same");
        List<WanRow> rows = new ArrayList<>();
        for (double rttMs : settings.rttsMs()) {
            Cost b1 = cost(rttMs, Method.b1(outcome.runLength()), outcome.answers());
            for (Method method : WanBench.methods(settings.goals(), outcome.runLength())) {
                Cost cost = cost(rttMs, method, outcome.answers());
                rows.add(WanRow.of(WanRow.SIMULATED, method, rttMs, cost, b1));
            }
        }
        return rows;
    }

    private Cost cost(double rttMs, Method method, List<Ledger> answers) {
        Scenario scenario = scenario(rttMs, answers.size());
        Policy policy = policy(method, scenario);
        List<SessionFigures> figures = new ArrayList<>();
        for (int time = 0; time < TIMES; time++) {
            // Each time like the cloud: without experience at first.
            Scenario again = scenario.with(answers.size(), (long) time * answers.size());
            figures.addAll(Experiment.figures(again, policy, i -> answers.get(i).tokens()));
        }
        return Cost.simulated(figures, answers.size());
    }

    private Scenario scenario(double rttMs, int requests) {
        PassTimes times = settings.pace().isPaced() ? PassTimes.reference() : PassTimes.measured(trace.header());
        return Scenarios.replay(trace, settings.temperature(), Wan.of(rttMs), times, settings.maxTokens(), requests);
    }

    private static Policy policy(Method method, Scenario scenario) {
        return Catalogue.find(method.policy()).orElseThrow().variants().apply(scenario).stream()
                .filter(policy -> policy.name().equals(method.choice()))
                .findFirst()
                .orElseThrow();
    }
}
