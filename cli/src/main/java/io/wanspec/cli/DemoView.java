package io.wanspec.cli;

import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.evaluation.demo.ChatRequest;
import io.wanspec.evaluation.demo.Demo;
import io.wanspec.evaluation.demo.DemoComparison;
import io.wanspec.evaluation.demo.DemoSettings;
import io.wanspec.evaluation.demo.DemoTable;
import io.wanspec.evaluation.demo.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows the demonstration: the answer as it is generated, then the table. On a terminal the lanes of each run are drawn while it runs, and stay. With
 * JSON, progress only.
 */
final class DemoView implements Demo.Listener, AutoCloseable {
    /** More often would only flicker. */
    private static final long REDRAWN_AFTER_NANOS = 80_000_000;

    /** Now and then a pass is late on any machine. */
    private static final double LATE_WORTH_A_WORD = 0.05;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\n\t]]");

    private final Console console;
    private final ProgressLine progress;
    private final boolean json;
    private final @Nullable LiveScreen screen;
    private final Runnable atStart;
    private LiveRun live = new LiveRun("");
    private long drawnNanos;

    /** @param atStart done when everything is warm, before anything is timed */
    DemoView(Console console, ProgressLine progress, boolean json, Optional<LiveScreen> screen, Runnable atStart) {
        this.console = console;
        this.atStart = atStart;
        this.screen = screen.orElse(null);
        this.progress = progress;
        this.json = json;
    }

    /** @param readyPrompt whether it is one of the {@link PromptKind}s */
    void begin(ChatRequest request, DemoSettings settings, boolean readyPrompt) {
        if (json) {
            return;
        }
        Style style = console.outStyle();
        console.print(style.bold(title(settings)));
        if (readyPrompt) {
            console.print(style.dim("  prompt    " + firstLine(request.prompt()) + " (others: --prompt-kind "
                    + Arrays.stream(PromptKind.values()).map(PromptKind::word).collect(Collectors.joining(", "))
                    + ")"));
        }
        console.print(style.dim(String.format(
                Locale.ROOT,
                "  network   %s ms round trip, %s ms mean jitter",
                number(settings.rttMs()),
                number(settings.jitterMs()))));
        console.print(style.dim("  models    target " + request.model() + ", draft " + settings.draftModel()));
        console.print(style.dim(String.format(
                Locale.ROOT,
                "  sampling  temperature %s, top-p %s, seed %d",
                number(request.temperature()),
                number(request.topP()),
                request.seed().orElseThrow())));
        console.print(style.dim("  drafts    " + words(settings.speculation())));
        console.print(style.dim("  cores     " + settings.cores()));
        console.print(style.dim("  pace      " + settings.pace().words()
                + (settings.slowness() == 1
                        ? ""
                        : ", slowed down " + number(settings.slowness()) + " times, round trips included")));
        console.print("");
    }

    /** Whose times these are is the first thing to be said of them. */
    private static String title(DemoSettings settings) {
        return settings.pace().isPaced()
                ? "WANSpec demo, with the proportions of a large pair of models: passes are padded (--pace none shows"
                        + " this machine's own times)"
                : "WANSpec demo, with this machine's own times";
    }

    private static String firstLine(String prompt) {
        return prompt.lines().findFirst().orElse("");
    }

    @Override
    public void warmingUp(Mode mode) {
        progress.step("warming up " + mode.title() + " (brief, not timed)");
    }

    @Override
    public void warmedUp() {
        atStart.run();
    }

    @Override
    public void began(Mode mode) {
        if (screen != null) {
            progress.done();
            live = new LiveRun(mode.title());
            drawnNanos = System.nanoTime();
        } else if (showsTextOf(mode)) {
            progress.done();
        } else {
            progress.step("the same request: " + mode.title());
        }
    }

    @Override
    public void text(Mode mode, String piece) {
        // A model may generate anything, and a terminal obeys control characters.
        String shown = CONTROL.matcher(piece).replaceAll("");
        if (screen != null) {
            live.text(shown);
            redraw(screen);
        } else if (showsTextOf(mode)) {
            console.out().print(shown);
            console.out().flush();
        }
    }

    @Override
    public void happened(Mode mode, String line) {
        if (screen != null) {
            live.happened(line);
            redraw(screen);
        }
    }

    private void redraw(LiveScreen on) {
        long now = System.nanoTime();
        if (now - drawnNanos >= REDRAWN_AFTER_NANOS) {
            drawnNanos = now;
            on.draw(live.lines(on.columns(), on.rows()));
        }
    }

    /** What stays of a run: its text, of the first, and its lanes. */
    private void settle(Run run, LiveScreen from) {
        from.clear();
        console.print(console.outStyle().bold(run.mode().title()));
        if (run.mode() == Mode.WANSPEC) {
            console.print(CONTROL.matcher(run.text()).replaceAll(""));
        }
        live.lanes(from.columns())
                .forEach(line -> console.print(
                        console.outStyle().dim(CONTROL.matcher(line).replaceAll(""))));
        console.print("");
    }

    @Override
    public void close() {
        if (screen != null) {
            screen.close();
        }
    }

    @Override
    public void ended(Run run) {
        if (screen != null) {
            settle(run, screen);
        } else if (showsTextOf(run.mode())) {
            console.print("");
            console.print("");
        } else {
            progress.done();
        }
    }

    /** @param late share of passes that took longer than the pace */
    void end(DemoComparison comparison, OptionalDouble late) {
        if (json) {
            return;
        }
        Style style = console.outStyle();
        List<String> lines = DemoTable.lines(comparison);
        console.print("");
        console.print(style.bold(lines.getFirst()));
        lines.stream().skip(1).forEach(console::print);
        console.print("");
        String verdict = DemoTable.verdict(comparison);
        console.print(comparison.identical() ? style.green(verdict) : style.red(verdict));
        if (late.orElse(0) > LATE_WORTH_A_WORD) {
            console.print(String.format(
                    Locale.ROOT,
                    "%.0f %% of a server's passes took longer than the pace: this machine is too slow for it, and what is"
                            + " compared is the machine. With --slow 2, or more, it fits; everything takes so many times as long.",
                    100 * late.getAsDouble()));
        }
    }

    /** The first of the three is shown; the others should read the same. */
    private boolean showsTextOf(Mode mode) {
        return !json && mode == Mode.WANSPEC;
    }

    private static String words(Speculation speculation) {
        return speculation.drafts().kind().word() + "; goal: "
                + speculation.goal().word()
                + speculation
                        .redundancy()
                        .map(redundancy -> "; redundancy: " + redundancy.word())
                        .orElse("");
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%s", value);
    }
}
