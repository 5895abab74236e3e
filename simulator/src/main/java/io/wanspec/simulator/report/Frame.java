package io.wanspec.simulator.report;

/** The parts that charts have in common: size, title, axes, legend. */
final class Frame {
    static final double WIDTH = 760;
    static final double LEGEND_WIDTH = 150;
    private static final double RIGHT = WIDTH - LEGEND_WIDTH - 16;
    private static final double TOP = 36;
    private static final double BOTTOM = 48;

    private final Markup out = new Markup();
    private final double left;
    private final double height;
    private final String id;

    /**
     * @param title also names the chart to readers who hear it
     * @param left room for the vertical axis' labels
     */
    Frame(String title, double left, double height) {
        this.left = left;
        this.height = height;
        id = "clip-" + Integer.toHexString(title.hashCode());
        out.open(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "viewBox",
                        "0 0 " + Markup.number(WIDTH) + " " + Markup.number(height),
                        "role",
                        "img",
                        "aria-label",
                        title)
                .line();
        out.element("style", Look.css()).line();
        out.empty("rect", "class", "paper", "width", WIDTH, "height", height).line();
        out.element("text", title, "class", "title", "x", 8.0, "y", 18.0).line();
    }

    Markup out() {
        return out;
    }

    Scale x(double from, double to) {
        return new Scale(from, to, left, RIGHT);
    }

    Scale y(double from, double to) {
        return new Scale(from, to, height - BOTTOM, TOP);
    }

    double top() {
        return TOP;
    }

    double bottom() {
        return height - BOTTOM;
    }

    double left() {
        return left;
    }

    void horizontalAxis(Scale x, String label) {
        for (double tick : x.ticks()) {
            vertical("grid", x.at(tick));
            out.element("text", x.label(tick), "x", x.at(tick), "y", bottom() + 16, "text-anchor", "middle")
                    .line();
        }
        out.empty("path", "class", "axis", "d", "M" + left + " " + bottom() + "H" + RIGHT)
                .line();
        out.element("text", label, "x", (left + RIGHT) / 2, "y", bottom() + 36, "text-anchor", "middle")
                .line();
    }

    void verticalAxis(Scale y, String label) {
        for (double tick : y.ticks()) {
            horizontal("grid", y.at(tick));
            out.element("text", y.label(tick), "x", left - 6, "y", y.at(tick) + 4, "text-anchor", "end")
                    .line();
        }
        out.empty("path", "class", "axis", "d", "M" + left + " " + TOP + "V" + bottom())
                .line();
        double middle = (TOP + bottom()) / 2;
        out.element(
                        "text",
                        label,
                        "x",
                        16.0,
                        "y",
                        middle,
                        "text-anchor",
                        "middle",
                        "transform",
                        "rotate(-90 16 " + Markup.number(middle) + ")")
                .line();
    }

    void horizontal(String style, double y) {
        out.empty("path", "class", style, "d", "M" + Markup.number(left) + " " + Markup.number(y) + "H" + RIGHT)
                .line();
    }

    void vertical(String style, double x) {
        out.empty(
                        "path",
                        "class",
                        style,
                        "d",
                        "M" + Markup.number(x) + " " + Markup.number(TOP) + "V" + Markup.number(bottom()))
                .line();
    }

    void legend(int index, String name, boolean joined) {
        double x = RIGHT + 16;
        double y = TOP + 8 + index * 20;
        out.open("g", "class", Look.series(index));
        if (joined) {
            out.empty("path", "class", "line", "d", "M" + x + " " + y + "h28");
        }
        Look.mark(out, index, x + 14, y);
        out.close();
        out.element("text", name, "x", x + 36, "y", y + 4).line();
    }

    /** Opens a group of which only what lies within the axes shows. */
    void clipped() {
        out.open("clipPath", "id", id)
                .empty("rect", "x", left - 6, "y", TOP - 6, "width", RIGHT - left + 12, "height", bottom() - TOP + 12)
                .close()
                .line();
        out.open("g", "clip-path", "url(#" + id + ")").line();
    }

    String end() {
        return out.close().line().toString();
    }
}
