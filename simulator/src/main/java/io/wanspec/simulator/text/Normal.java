package io.wanspec.simulator.text;

/** The standard normal distribution. */
final class Normal {
    private Normal() {}

    /** The value below which a standard normal variable falls with probability {@code p}; by bisection, to 1e-12. */
    static double quantile(double p) {
        double low = -10;
        double high = 10;
        while (high - low > 1e-12) {
            double middle = (low + high) / 2;
            if (cumulative(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** By Simpson's rule, from 0 to x. */
    private static double cumulative(double x) {
        int steps = 200;
        double width = x / steps;
        double sum = density(0) + density(x);
        for (int i = 1; i < steps; i++) {
            sum += density(i * width) * (i % 2 == 0 ? 2 : 4);
        }
        return 0.5 + sum * width / 3;
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
