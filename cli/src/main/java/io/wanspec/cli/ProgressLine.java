package io.wanspec.cli;

import io.wanspec.local.launch.LaunchProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Shows one step at a time: on a terminal as a line that is rewritten, elsewhere as a plain line when the step begins, every
 * few seconds while it lasts, and when it is done.
 */
final class ProgressLine implements LaunchProgress, AutoCloseable {
    private static final Duration TERMINAL_TICK = Duration.ofMillis(120);
    private static final Duration PLAIN_TICK = Duration.ofSeconds(5);
    private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final double MEGABYTE = 1e6;
    private static final int BAR_LENGTH = 20;
    private static final String BAR = "█";
    private static final String REST = "░";

    private final PrintStream err;
    private final Style style;
    private final boolean rewrites;
    private final Thread ticker;
    private @Nullable String step;
    private String detail = "";
    private long beganNanos;
    private int turn;
    private boolean closed;

    ProgressLine(Console console) {
        this(console, console.errIsTerminal() ? TERMINAL_TICK : PLAIN_TICK);
    }

    ProgressLine(Console console, Duration tick) {
        this.err = console.err();
        this.style = console.errStyle();
        this.rewrites = console.errIsTerminal();
        this.ticker = Thread.ofVirtual().name("progress").start(() -> tickEvery(tick));
    }

    /** Ends the step before, if any, and begins another. */
    @Override
    public synchronized void step(String what) {
        endStep();
        step = what;
        detail = "";
        beganNanos = System.nanoTime();
        if (rewrites) {
            show();
        } else {
            plain(what + "…");
        }
    }

    @Override
    public synchronized void bytes(long done, long total) {
        detail = String.format(Locale.ROOT, "%.0f of %.0f MB", done / MEGABYTE, total / MEGABYTE);
    }

    @Override
    public synchronized void count(int done, int total) {
        int filled = BAR_LENGTH * done / Math.max(1, total);
        detail = BAR.repeat(filled) + REST.repeat(BAR_LENGTH - filled) + " " + done + " of " + total;
    }

    /** A line of its own; the step goes on. */
    @Override
    public synchronized void note(String text) {
        erase();
        plain(text);
    }

    /** Ends the step: it is done. */
    synchronized void done() {
        endStep();
    }

    /** Ends the step: it failed, and its error will say how. */
    synchronized void abandon() {
        if (step != null) {
            erase();
            step = null;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            abandon();
            closed = true;
        }
        ticker.interrupt();
    }

    private void endStep() {
        String ended = step;
        step = null;
        if (ended != null) {
            erase();
            String line = ended + String.format(Locale.ROOT, " (%.1f s)", seconds());
            plain(rewrites ? style.green("✔ ") + line : "done: " + line);
        }
    }

    private void tickEvery(Duration tick) {
        try {
            while (true) {
                Thread.sleep(tick);
                synchronized (this) {
                    if (closed) {
                        return;
                    }
                    tick();
                }
            }
        } catch (InterruptedException closing) {
            // The end of this thread is all that was wanted.
        }
    }

    private void tick() {
        if (step == null) {
            return;
        }
        if (rewrites) {
            turn++;
            show();
        } else {
            plain("  … " + status());
        }
    }

    private void show() {
        err.print("\r\u001b[K" + style.cyan(SPINNER[turn % SPINNER.length]) + " " + step + "… " + style.dim(status()));
        err.flush();
    }

    private String status() {
        String elapsed = String.format(Locale.ROOT, "%.0f s", seconds());
        return detail.isEmpty() ? elapsed : detail + ", " + elapsed;
    }

    private double seconds() {
        return (System.nanoTime() - beganNanos) / 1e9;
    }

    private void erase() {
        if (rewrites) {
            err.print("\r\u001b[K");
        }
    }

    private void plain(String line) {
        err.println(line);
        err.flush();
    }
}
