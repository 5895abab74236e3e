package io.wanspec.cli;

import io.wanspec.contracts.request.Goal;
import io.wanspec.evaluation.wanbench.WanBenchSettings;
import io.wanspec.local.launch.Pace;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is measured across the WAN. */
final class WanOptions {
    private static final double RTT_MS_MAX = 2_000;
    private static final int TOKENS_MAX = 2_000;
    private static final List<Pace> PACES = List.of(Pace.REFERENCE, Pace.NONE);

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    private List<Double> rttsMs = List.of(10.0, 30.0, 70.0, 150.0);
    private List<Goal> goals = List.of(Goal.ECONOMY, Goal.FAST);
    private int prompts = 6;
    private int maxTokens = 64;
    private Pace pace = Pace.REFERENCE;

    @Mixin
    private final WorkloadOptions workload = new WorkloadOptions();

    @Mixin
    private final ModelOptions models = new ModelOptions();

    @Option(
            names = "--rtt",
            paramLabel = "LIST",
            defaultValue = "10,30,70,150",
            description = "Round trips in milliseconds, 0 to 2000, with commas (default: ${DEFAULT-VALUE}).")
    void setRtt(String value) {
        rttsMs = Arrays.stream(value.split(",", -1))
                .map(each -> bounds().number("--rtt", each, 0, RTT_MS_MAX, " (milliseconds)", "--rtt 10,30"))
                .toList();
    }

    @Option(
            names = "--goal",
            paramLabel = "LIST",
            defaultValue = "economy,fast",
            description = "Goals of WANSpec, with commas: economy, fast, eager (default: ${DEFAULT-VALUE}).")
    void setGoal(String value) {
        goals = Arrays.stream(value.split(",", -1))
                .map(each -> bounds().oneOf("--goal", each, Goal.values(), Goal::word))
                .toList();
    }

    @Option(
            names = "--prompts",
            paramLabel = "N",
            defaultValue = "6",
            description =
                    "How many of the held-out prompts, evenly spread; always the same (default: ${DEFAULT-VALUE}).")
    void setPrompts(String value) {
        prompts =
                (int) bounds().whole("--prompts", value, 1, HeldOut.questions().size(), "", "--prompts 6");
    }

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "64",
            description = "Longest answer, in tokens, 2 to 2000 (default: ${DEFAULT-VALUE}).")
    void setMaxTokens(String value) {
        maxTokens = (int) bounds().whole("--max-tokens", value, 2, TOKENS_MAX, "", "--max-tokens 64");
    }

    @Option(
            names = "--pace",
            paramLabel = "NAME",
            defaultValue = "reference",
            description =
                    "reference: every pass is padded to the times of a large pair. none: as fast as this machine can"
                            + " (default: ${DEFAULT-VALUE}).")
    void setPace(String value) {
        pace = PACES.stream()
                .filter(each -> each.name().equals(value))
                .findFirst()
                .orElseThrow(() -> bounds().outside("--pace", value, "one of reference, none", "--pace reference"));
    }

    WanBenchSettings settings() {
        double slowness = workload.slowness(pace);
        return new WanBenchSettings(
                rttsMs,
                goals,
                HeldOut.questions(prompts),
                maxTokens,
                workload.temperature(),
                workload.seed(),
                pace,
                slowness,
                models.target(),
                models.draft());
    }

    private Bounds bounds() {
        return Bounds.of(spec);
    }
}
