package io.wanspec.evaluation.wanbench;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.local.launch.LaunchProgress;
import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Experiment;
import io.wanspec.simulator.run.Policy;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.run.Scenarios;
import io.wanspec.simulator.text.TraceLanguage;
import io.wanspec.simulator.text.WordedLanguage;
import io.wanspec.simulator.world.PassTimes;
import io.wanspec.simulator.world.SessionFigures;
import io.wanspec.simulator.world.Wan;
import java.util.ArrayList;
import java.util.List;

/**
 * Simulates what was measured: the same answers, token by token, the same ways of serving and distances. Once with the pass times
 * that the servers were to keep, and where there is a pace once more with this machine's overheads on top.
 */
public final class WanSimulation {
    /**
     * How often each answer is simulated. Behind rejected drafts a trace knows nothing, and chance stands in: other chances each
     * time.
     */
    private static final int TIMES = 20;

    private final WanBenchSettings settings;
    private final AnswerTrace recorded;

    public WanSimulation(WanBenchSettings settings, AnswerTrace recorded) {
        this.settings = settings;
        this.recorded = recorded;
    }

    /** Rows for those of {@code outcome}. */
    public List<WanRow> run(WanBench.Outcome outcome, LaunchProgress progress) {
        progress.step("simulating the same");
        List<WanRow> rows = new ArrayList<>();
        for (int i = 0; i < settings.rttsMs().size(); i++) {
            double rttMs = settings.rttsMs().get(i);
            if (!settings.pace().isPaced()) {
                PassTimes own = PassTimes.measured(recorded.trace().header());
                rows.addAll(rows(WanRow.SIMULATED, outcome, rttMs, scenario(rttMs, own)));
                continue;
            }
            Overheads overheads = outcome.overheads().get(i);
            rows.addAll(rows(WanRow.SIMULATED, outcome, rttMs, scenario(rttMs, PassTimes.reference())));
            Scenario burdened = scenario(rttMs + overheads.hopMs(), overheads.onTopOf(settings.pace()));
            rows.addAll(rows(WanRow.BURDENED, outcome, rttMs, burdened));
        }
        return rows;
    }

    private List<WanRow> rows(String source, WanBench.Outcome outcome, double rttMs, Scenario scenario) {
        Cost b1 = cost(scenario, Method.b1(outcome.runLength()), outcome.answers());
        return WanBench.methods(settings.goals(), outcome.runLength()).stream()
                .map(method -> WanRow.of(source, method, rttMs, cost(scenario, method, outcome.answers()), b1))
                .toList();
    }

    private static Cost cost(Scenario scenario, Method method, List<Ledger> answers) {
        Policy policy = policy(method, scenario);
        List<SessionFigures> figures = new ArrayList<>();
        for (int time = 0; time < TIMES; time++) {
            // Each time like the cloud: without learned estimates at first.
            Scenario again = scenario.with(answers.size(), (long) time * answers.size());
            figures.addAll(Experiment.figures(again, policy, i -> answers.get(i).tokens()));
        }
        return Cost.simulated(figures, answers.size());
    }

    private Scenario scenario(double rttMs, PassTimes times) {
        WordedLanguage language =
                new WordedLanguage(new TraceLanguage(recorded.trace(), settings.temperature()), recorded.words());
        int requests = settings.prompts().size();
        return Scenarios.replay(
                        recorded.trace(), settings.temperature(), Wan.of(rttMs), times, settings.maxTokens(), requests)
                .with(language);
    }

    private static Policy policy(Method method, Scenario scenario) {
        return Catalogue.find(method.policy()).orElseThrow().variants().apply(scenario).stream()
                .filter(policy -> policy.name().equals(method.choice()))
                .findFirst()
                .orElseThrow();
    }
}
