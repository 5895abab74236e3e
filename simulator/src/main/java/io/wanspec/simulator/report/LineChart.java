package io.wanspec.simulator.report;

import java.util.List;

/**
 * Series over two numeric axes.
 *
 * @param yMax values above lie outside and do not show; the caller says so
 * @param oneMatters whether a line marks y = 1
 */
record LineChart(
        String title, String xLabel, String yLabel, double yMin, double yMax, boolean oneMatters, List<Series> series) {
    private static final double HEIGHT = 380;
    private static final double LEFT = 64;

    String svg() {
        Frame frame = new Frame(title, LEFT, HEIGHT);
        double xMax = series.stream()
                .flatMap(each -> each.points().stream())
                .mapToDouble(Series.Point::x)
                .max()
                .orElse(1);
        Scale x = frame.x(0, Math.max(xMax * 1.02, 1e-3));
        Scale y = frame.y(yMin, yMax);
        frame.horizontalAxis(x, xLabel);
        frame.verticalAxis(y, yLabel);
        if (oneMatters) {
            frame.horizontal("one", y.at(1));
        }
        frame.clipped();
        for (int i = 0; i < series.size(); i++) {
            draw(frame.out(), i, x, y);
        }
        frame.out().close().line();
        for (int i = 0; i < series.size(); i++) {
            frame.legend(i, series.get(i).name(), series.get(i).joined());
        }
        return frame.end();
    }

    private void draw(Markup out, int index, Scale x, Scale y) {
        Series each = series.get(index);
        out.open("g", "class", Look.series(index));
        if (each.joined() && each.points().size() > 1) {
            StringBuilder path = new StringBuilder();
            for (Series.Point point : each.points()) {
                path.append(path.isEmpty() ? "M" : "L")
                        .append(Markup.number(x.at(point.x())))
                        .append(' ')
                        .append(Markup.number(y.at(point.y())));
            }
            out.empty("path", "class", "line", "d", path);
        }
        for (Series.Point point : each.points()) {
            out.open("g").element("title", point.hint());
            Look.mark(out, index, x.at(point.x()), y.at(point.y()));
            out.close();
        }
        out.close().line();
    }
}
