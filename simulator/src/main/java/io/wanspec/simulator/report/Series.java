package io.wanspec.simulator.report;

import java.util.List;

/**
 * Named points.
 *
 * @param joined whether a line goes through them
 */
record Series(String name, List<Point> points, boolean joined) {
    /**
     * A value, with what a reader who points at it is told.
     *
     * @param error standard error; 0 for none to show
     */
    record Point(double x, double y, double error, String hint) {
        Point(double x, double y, String hint) {
            this(x, y, 0, hint);
        }
    }

    Series {
        points = List.copyOf(points);
    }
}
