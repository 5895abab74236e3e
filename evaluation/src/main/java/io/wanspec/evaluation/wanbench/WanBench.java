package io.wanspec.evaluation.wanbench;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Goal;
import io.wanspec.evaluation.demo.ChatFailure;
import io.wanspec.evaluation.passes.PassCount;
import io.wanspec.local.launch.Cloud;
import io.wanspec.local.launch.LaunchException;
import io.wanspec.local.launch.LaunchProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Measures WANSpec and its baselines in local clouds at several distances, one cloud after the other. */
public final class WanBench {
    private static final int RUN_LENGTH_WARM_UP = 4;

    private final WanBenchSettings settings;
    private final Cloud.Starter clouds;
    private final LaunchProgress progress;

    public WanBench(WanBenchSettings settings, Cloud.Starter clouds, LaunchProgress progress) {
        this.settings = settings;
        this.clouds = clouds;
        this.progress = progress;
    }

    /**
     * What was measured.
     *
     * @param runLength of B1, the best by trying at the first distance: it does not depend on the distance
     * @param cores how the servers were placed, in words
     * @param rows of all distances
     * @param passes at each distance, in the settings' order
     * @param overheads of this machine at each distance; empty without a pace
     * @param answers of the target alone, one for each prompt
     * @param difference where some other answer differs, if one does
     */
    public record Outcome(
            int runLength,
            String cores,
            List<WanRow> rows,
            List<List<PassCount>> passes,
            List<Overheads> overheads,
            List<Ledger> answers,
            Optional<String> difference) {
        public Outcome {
            rows = List.copyOf(rows);
            passes = List.copyOf(passes);
            overheads = List.copyOf(overheads);
            answers = List.copyOf(answers);
        }
    }

    public Outcome run() throws LaunchException, ChatFailure, IOException, InterruptedException {
        OptionalInt runLength = OptionalInt.empty();
        String cores = "";
        List<Measured> all = new ArrayList<>();
        for (double rttMs : settings.rttsMs()) {
            try (Cloud cloud = clouds.start(settings.cloud(rttMs), progress);
                    Measuring measuring = new Measuring(settings, cloud, progress)) {
                cores = cloud.cores();
                measuring.warmUp(methods(settings.goals(), runLength.orElse(RUN_LENGTH_WARM_UP)));
                int k = runLength.isPresent() ? runLength.getAsInt() : measuring.bestRunLength();
                runLength = OptionalInt.of(k);
                all.add(measuring.measure(rttMs, methods(settings.goals(), k)));
            }
        }
        return outcome(runLength.orElseThrow(), cores, all);
    }

    /** All ways of serving that are compared, the baselines first. */
    static List<Method> methods(List<Goal> goals, int runLength) {
        List<Method> methods = new ArrayList<>(List.of(Method.B0, Method.b1(runLength)));
        goals.stream().map(Method::of).forEach(methods::add);
        return methods;
    }

    private Outcome outcome(int runLength, String cores, List<Measured> all) {
        List<Ledger> answers = all.getFirst().of(Method.B0);
        return new Outcome(
                runLength,
                cores,
                all.stream()
                        .flatMap(each -> each.rows(Method.b1(runLength)).stream())
                        .toList(),
                all.stream().map(Measured::passes).toList(),
                settings.pace().isPaced() ? all.stream().map(this::overheads).toList() : List.of(),
                answers,
                all.stream().flatMap(each -> each.difference(answers).stream()).findFirst());
    }

    private Overheads overheads(Measured measured) {
        Cost b0 = Cost.of(measured.of(Method.B0), settings.slowness());
        return Overheads.of(settings.pace(), settings.slowness(), measured.passes(), b0);
    }
}
