package io.wanspec.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Values along an axis.
 *
 * @param from the value at {@code start}
 * @param to the value at {@code end}
 * @param start in pixels
 * @param end in pixels
 */
record Scale(double from, double to, double start, double end) {
    private static final double[] STEPS = {1, 2, 5, 10};
    private static final int TICKS = 6;

    Scale {
        if (!(to > from)) {
            throw new IllegalArgumentException("an axis goes from less to more, not from " + from + " to " + to);
        }
    }

    double at(double value) {
        return start + (value - from) / (to - from) * (end - start);
    }

    /** Round numbers, about six of them. */
    List<Double> ticks() {
        double step = step();
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    String label(double tick) {
        int digits = Math.max(0, (int) Math.ceil(-Math.log10(step()) - 1e-9));
        return String.format(Locale.ROOT, "%." + digits + "f", tick);
    }

    private double step() {
        double rough = (to - from) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double step : STEPS) {
            if (rough <= step * power * (1 + 1e-9)) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
