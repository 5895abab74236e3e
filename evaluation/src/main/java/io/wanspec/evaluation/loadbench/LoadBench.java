package io.wanspec.evaluation.loadbench;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import io.wanspec.evaluation.passes.PassCount;
import io.wanspec.evaluation.passes.PassLog;
import io.wanspec.local.launch.Cloud;
import io.wanspec.local.launch.LaunchException;
import io.wanspec.local.launch.LaunchProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Measures a local cloud under load: several short rounds of every point in turn, so that a machine that slows down slows all alike. */
public final class LoadBench {
    /** Answers in each mode before anything is measured, so that code is compiled and functions have learned something. */
    private static final int WARM_UP_ANSWERS = 8;

    /** For the cloud's end. */
    private static final Duration RESERVE = Duration.ofSeconds(10);

    private final LoadSettings settings;
    private final Cloud.Starter clouds;
    private final LaunchProgress progress;
    private final long deadlineNanos;

    /** The time that it may take begins now. */
    public LoadBench(LoadSettings settings, Cloud.Starter clouds, LaunchProgress progress) {
        this.settings = settings;
        this.clouds = clouds;
        this.progress = progress;
        deadlineNanos = System.nanoTime() + LoadSettings.TIME_MAX.minus(RESERVE).toNanos();
    }

    /**
     * What was measured.
     *
     * @param cores how the servers were placed, in words
     * @param rounds how many there were
     * @param rows of all points
     * @param identical whether all texts were those of an idle server
     */
    public record Outcome(String cores, int rounds, List<PointRow> rows, boolean identical) {
        public Outcome {
            rows = List.copyOf(rows);
        }

        /** Whether no request failed. */
        public boolean isWhole() {
            return rows.stream().allMatch(row -> row.failed() == 0);
        }
    }

    /** @throws IOException if the cloud does not even serve a single client; the message says why */
    public Outcome run() throws LaunchException, IOException, InterruptedException {
        try (Cloud cloud = clouds.start(settings.cloud(), progress);
                LoadClient client = new LoadClient(cloud.gateway())) {
            KnownTexts texts = idleTexts(client);
            warmUp(client);
            List<AtPoint> points = settings.points().stream()
                    .map(point -> new AtPoint(
                            point,
                            new Asking(settings, point.mode(), texts),
                            new PointFigures(point, texts, settings.slowness())))
                    .toList();
            int rounds = rounds(cloud, client, points);
            return new Outcome(
                    cloud.cores(),
                    rounds,
                    points.stream().map(each -> each.figures().row()).toList(),
                    points.stream().allMatch(each -> each.figures().isIdentical()));
        }
    }

    /** A point: what its clients ask, and what it has shown. */
    private record AtPoint(LoadPoint point, Asking asking, PointFigures figures) {}

    private KnownTexts idleTexts(LoadClient client) throws IOException, InterruptedException {
        progress.step("asking a cloud that is idle");
        List<Ledger> texts = new ArrayList<>();
        for (int i = 0; i < settings.prompts().size(); i++) {
            texts.add(whole(client, Asking.question(settings, i, Mode.TARGET_ONLY)));
            progress.count(i + 1, settings.prompts().size());
        }
        return new KnownTexts(texts);
    }

    private void warmUp(LoadClient client) throws IOException, InterruptedException {
        progress.step("warming up");
        int answers = Math.min(WARM_UP_ANSWERS, settings.prompts().size());
        for (int i = 0; i < answers; i++) {
            for (Mode mode : settings.modes()) {
                whole(client, Asking.question(settings, i, mode));
            }
            progress.count(i + 1, answers);
        }
    }

    private Ledger whole(LoadClient client, Question question) throws IOException, InterruptedException {
        Answered answered = client.ask(question, OptionalInt.empty(), deadlineNanos, () -> true, () -> {});
        return switch (answered.end()) {
            case Answered.End.Whole(Ledger ledger, String _) -> ledger;
            case Answered.End.Failed _, Answered.End.TooLate _ ->
                throw new IOException(
                        "a single client is not served: " + answered.failure().orElseThrow());
            case Answered.End.NotLetIn _, Answered.End.Left _ ->
                throw new IOException("a single client is not served: it is told to try again later");
        };
    }

    private int rounds(Cloud cloud, LoadClient client, List<AtPoint> points) throws IOException, InterruptedException {
        int rounds = 0;
        long longestNanos = 0;
        while (rounds < settings.rounds() && deadlineNanos - System.nanoTime() > longestNanos) {
            long beganNanos = System.nanoTime();
            rounds++;
            progress.step("measuring, round " + rounds + " of at most " + settings.rounds());
            round(cloud, client, points);
            longestNanos = Math.max(longestNanos, System.nanoTime() - beganNanos);
        }
        return rounds;
    }

    private void round(Cloud cloud, LoadClient client, List<AtPoint> points) throws IOException, InterruptedException {
        int done = 0;
        for (AtPoint point : points) {
            measure(cloud, client, point);
            progress.count(++done, points.size());
        }
    }

    private void measure(Cloud cloud, LoadClient client, AtPoint measured) throws IOException, InterruptedException {
        PassLog passes = PassLog.begin(cloud);
        Crowd crowd = new Crowd(measured.point().clients(), client, measured.asking(), deadlineNanos);
        Window window = crowd.run(settings.window());
        boolean isPaced = settings.cloud().pace().isPaced();
        List<PassCount> counted = isPaced ? passes.end() : List.of();
        if (window.isMostOf(settings.window())) {
            measured.figures().add(window, crowd.answered(), counted);
        } else {
            measured.figures().cutShort(crowd.answered());
        }
    }
}
