package io.wanspec.evaluation.report;

import java.util.List;

/** What stands along one side of a chart. */
sealed interface Axis {
    /**
     * Numbers, with a tick at every step.
     *
     * @param label what is shown, and its unit
     * @param to values beyond do not show; the figure's sentence says so
     */
    record Numbers(String label, double from, double to, double step) implements Axis {
        private static final double[] ROUND = {1, 2, 2.5, 5, 10};
        private static final int STEPS_MAX = 10;

        public Numbers {
            if (!(to > from)) {
                throw new IllegalArgumentException("an axis goes from less to more, not from " + from + " to " + to);
            }
            if (!(step > 0)) {
                throw new IllegalArgumentException("a step goes forward, not by " + step);
            }
        }

        /** Round numbers with room for {@code least} and {@code most}, a few steps apart. */
        static Numbers around(String label, double least, double most) {
            double step = step(Math.max(most - least, 1e-9) / STEPS_MAX);
            double from = Math.floor(least / step + 1e-9) * step;
            double to = Math.ceil(most / step - 1e-9) * step;
            return new Numbers(label, from, to > from ? to : from + step, step);
        }

        /** The least round number that is no less than {@code rough}. */
        private static double step(double rough) {
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            for (double each : ROUND) {
                if (rough <= each * power * (1 + 1e-9)) {
                    return each * power;
                }
            }
            return 10 * power;
        }
    }

    /** Names, one line each, from top to bottom; a point's y counts them from 0. */
    record Names(List<String> names) implements Axis {
        public Names {
            names = List.copyOf(names);
        }
    }
}
