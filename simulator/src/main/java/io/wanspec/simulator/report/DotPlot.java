package io.wanspec.simulator.report;

import java.util.List;

/**
 * Values of several series by name: one line for each name.
 *
 * @param names of the lines, from top to bottom; a point's y counts them from 0
 * @param reference a value that a line marks
 */
record DotPlot(String title, String xLabel, List<String> names, double xMin, double reference, List<Series> series) {
    private static final double LINE = 24;
    private static final double LEFT = 200;
    private static final double AROUND = 84;

    String svg() {
        Frame frame = new Frame(title, LEFT, AROUND + LINE * names.size());
        double most = series.stream()
                .flatMap(each -> each.points().stream())
                .mapToDouble(point -> point.x() + point.error())
                .max()
                .orElse(1);
        Scale x = frame.x(xMin, Math.max(most, reference) * 1.03);
        frame.horizontalAxis(x, xLabel);
        frame.vertical("one", x.at(reference));
        for (int i = 0; i < names.size(); i++) {
            frame.horizontal("grid", line(frame, i));
            frame.out()
                    .element("text", names.get(i), "x", LEFT - 10, "y", line(frame, i) + 4, "text-anchor", "end")
                    .line();
        }
        for (int i = 0; i < series.size(); i++) {
            draw(frame, i, x);
            frame.legend(i, series.get(i).name(), false);
        }
        return frame.end();
    }

    private static double line(Frame frame, double index) {
        return frame.top() + LINE * (index + 0.5);
    }

    private void draw(Frame frame, int index, Scale x) {
        Markup out = frame.out();
        out.open("g", "class", Look.series(index));
        for (Series.Point point : series.get(index).points()) {
            double y = line(frame, point.y());
            out.open("g").element("title", point.hint());
            if (point.error() > 0) {
                out.empty(
                        "path",
                        "class",
                        "mark",
                        "d",
                        "M" + Markup.number(x.at(point.x() - point.error())) + " " + Markup.number(y) + "H"
                                + Markup.number(x.at(point.x() + point.error())));
            }
            Look.mark(out, index, x.at(point.x()), y);
            out.close();
        }
        out.close().line();
    }
}
