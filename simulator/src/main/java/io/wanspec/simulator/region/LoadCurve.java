package io.wanspec.simulator.region;

import java.util.List;

/** How busy a region is by the hour of its own day, as a share of its busiest hour: an assumption ({@code load-curve.csv} has it). */
public final class LoadCurve {
    public static final int HOURS = 24;

    private static final int COLUMNS = 2;

    private static final LoadCurve ASSUMED = new LoadCurve(KeptTable.rows(LoadCurve.class, "load-curve.csv", COLUMNS));

    private final double[] shares = new double[HOURS];
    private final double mean;

    private LoadCurve(List<String[]> rows) {
        if (rows.size() != HOURS) {
            throw new IllegalArgumentException("a day has " + HOURS + " hours, not " + rows.size());
        }
        double sum = 0;
        for (String[] cells : rows) {
            double share = Double.parseDouble(cells[1]);
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("no share of the busiest hour: " + share);
            }
            shares[Integer.parseInt(cells[0])] = share;
            sum += share;
        }
        mean = sum / HOURS;
    }

    public static LoadCurve assumed() {
        return ASSUMED;
    }

    /** At an hour of UTC, in a region. */
    public double at(AwsRegion region, int utcHour) {
        return shares[region.localHour(utcHour)];
    }

    /** Over the day. */
    public double mean() {
        return mean;
    }
}
