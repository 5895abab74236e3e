package io.wanspec.evaluation.report;

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
     * @param error standard error along the horizontal axis; 0 for none to show
     */
    record Point(double x, double y, double error, String hint) {
        Point {
            if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(error)) {
                throw new IllegalArgumentException("no place for (" + x + ", " + y + ") +- " + error);
            }
        }

        Point(double x, double y, String hint) {
            this(x, y, 0, hint);
        }
    }

    Series {
        points = List.copyOf(points);
    }
}
