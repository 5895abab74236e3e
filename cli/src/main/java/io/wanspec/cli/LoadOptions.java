package io.wanspec.cli;

import io.wanspec.contracts.request.Mode;
import io.wanspec.evaluation.loadbench.LoadSettings;
import io.wanspec.local.launch.CloudSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is measured under load. */
final class LoadOptions {
    private static final int CLIENTS_MAX = 1_000;
    private static final int SECONDS_MAX = 300;
    private static final int ROUNDS_MAX = 20;
    private static final double LEAVING_MAX = 0.9;

    /** Seconds of measuring in a round of all points: their beginnings and ends take time as well. */
    private static final int ROUND_SECONDS_MAX = 480;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    private List<Integer> clients = List.of(1, 16, 32);
    private List<Mode> modes = List.of(Mode.TARGET_ONLY, Mode.WANSPEC, Mode.COLOCATED);
    private int seconds = 8;
    private int rounds = 3;
    private double leaving;
    private int prompts = 16;

    @Mixin
    private final WorkloadOptions workload = new WorkloadOptions();

    @Mixin
    private final CloudOptions cloud = new CloudOptions();

    @Option(
            names = "--clients",
            paramLabel = "LIST",
            defaultValue = "1,16,32",
            description = "How many clients at once, 1 to 1000, with commas (default: ${DEFAULT-VALUE}).")
    void setClients(String value) {
        clients = Arrays.stream(value.split(",", -1))
                .map(each -> (int) bounds().whole("--clients", each, 1, CLIENTS_MAX, "", "--clients 1,16,32"))
                .toList();
        once("--clients", clients, value, "--clients 1,16,32");
    }

    @Option(
            names = "--modes",
            paramLabel = "LIST",
            defaultValue = "target-only,wanspec,colocated",
            description =
                    "How requests are served, with commas: target-only, wanspec, colocated (default: ${DEFAULT-VALUE}).")
    void setModes(String value) {
        modes = Arrays.stream(value.split(",", -1))
                .map(each -> bounds().oneOf("--modes", each, Mode.values(), Mode::word))
                .toList();
        once("--modes", modes, value, "--modes target-only,wanspec");
    }

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "8",
            description = "How long a point is measured in a round, 1 to 300 (default: ${DEFAULT-VALUE}).")
    void setSeconds(String value) {
        seconds = (int) bounds().whole("--seconds", value, 1, SECONDS_MAX, "", "--seconds 8");
    }

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "How often every point is measured, in turn, 1 to 20; less often if that would take more than ten"
                            + " minutes (default: ${DEFAULT-VALUE}).")
    void setRounds(String value) {
        rounds = (int) bounds().whole("--rounds", value, 1, ROUNDS_MAX, "", "--rounds 3");
    }

    @Option(
            names = "--leave",
            paramLabel = "SHARE",
            defaultValue = "0",
            description =
                    "Share of the requests whose clients leave in mid-stream, 0 to 0.9 (default: ${DEFAULT-VALUE}).")
    void setLeaving(String value) {
        leaving = bounds().number("--leave", value, 0, LEAVING_MAX, "", "--leave 0.1");
    }

    @Option(
            names = "--prompts",
            paramLabel = "N",
            defaultValue = "16",
            description =
                    "How many of the held-out prompts, evenly spread; always the same (default: ${DEFAULT-VALUE}).")
    void setPrompts(String value) {
        prompts =
                (int) bounds().whole("--prompts", value, 1, HeldOut.questions().size(), "", "--prompts 16");
    }

    LoadSettings settings() {
        CloudSettings plain = cloud.settings(0);
        double slowness = workload.slowness(plain.pace());
        int points = clients.size() * modes.size();
        if (points * seconds > ROUND_SECONDS_MAX) {
            int most = Math.max(1, ROUND_SECONDS_MAX / points);
            throw bounds().outside(
                            "--seconds",
                            "" + seconds,
                            "a whole number from 1 to " + most + " with " + points
                                    + " points, which are all to be measured within ten minutes",
                            points > ROUND_SECONDS_MAX ? "fewer --clients" : "--seconds " + most);
        }
        return new LoadSettings(
                clients,
                modes,
                Duration.ofSeconds(seconds),
                rounds,
                leaving,
                HeldOut.questions(prompts),
                workload.temperature(),
                workload.seed(),
                plain.slowedDown(slowness),
                slowness);
    }

    private void once(String option, List<?> values, String typed, String remedy) {
        if (new HashSet<>(values).size() < values.size()) {
            throw bounds().outside(option, typed, "a list without repetition", remedy);
        }
    }

    private Bounds bounds() {
        return Bounds.of(spec);
    }
}
