package io.wanspec.cli;

import io.wanspec.local.worker.SiteWorker;
import io.wanspec.local.worker.WorkerReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a worker does, in one line: rewritten on a terminal, elsewhere a new one when it says something else, not too often. */
final class WorkerView implements AutoCloseable {
    private static final Duration TERMINAL_TICK = Duration.ofMillis(500);
    private static final Duration PLAIN_TICK = Duration.ofSeconds(1);
    private static final int PLAIN_EVERY = 30;
    private static final double MEGABYTE = 1e6;
    private static final double NANOS_PER_MS = 1e6;

    private final Console console;
    private final SiteWorker worker;
    private String shownState = "";
    private String shown = "";
    private int ticks;

    WorkerView(Console console, SiteWorker worker) {
        this.console = console;
        this.worker = worker;
    }

    /** Shows it until {@code until} is opened, the worker has ended by itself, or its model server is lost for good. */
    void await(CountDownLatch until, CompletableFuture<String> lost) throws InterruptedException {
        Duration tick = console.errIsTerminal() ? TERMINAL_TICK : PLAIN_TICK;
        while (!until.await(tick.toMillis(), TimeUnit.MILLISECONDS)
                && worker.fatal().isEmpty()
                && !lost.isDone()) {
            show(worker.report());
        }
    }

    private void show(WorkerReport report) {
        String line = line(worker.site(), report);
        if (console.errIsTerminal()) {
            console.err().print("\r\u001b[K" + line);
            console.err().flush();
            return;
        }
        boolean isNews = !report.state().equals(shownState);
        if (isNews || (++ticks % PLAIN_EVERY == 0 && !line.equals(shown))) {
            shownState = report.state();
            shown = line;
            console.err().println(line);
            console.err().flush();
        }
    }

    /** Plain words; what is not known yet is left out. */
    static String line(Optional<String> site, WorkerReport report) {
        List<String> parts = new ArrayList<>();
        parts.add(site.map(name -> name + ": ").orElse("") + report.state());
        parts.add(report.busy() + " of " + report.slots() + " slots in use");
        parts.add(report.sessions() + " sessions");
        parts.add(report.drafts() + " drafts"
                + (report.judged() == 0
                        ? ""
                        : String.format(Locale.ROOT, ", %.0f %% right", 100.0 * report.right() / report.judged())));
        report.pass().ifPresent(time -> parts.add(ms(time) + " a pass"));
        report.toRelay().ifPresent(time -> parts.add("relay " + ms(time)));
        parts.add(String.format(Locale.ROOT, "%.1f MB", report.bytes() / MEGABYTE));
        return String.join(" · ", parts);
    }

    private static String ms(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / NANOS_PER_MS);
    }

    @Override
    public void close() {
        if (console.errIsTerminal()) {
            console.err().println();
        }
    }
}
