package io.wanspec.simulator.report;

/**
 * Colours, dashes and markers of up to eight series, told apart without colour as well. The colours are Okabe and Ito's, made for
 * colour-blind readers, in a darker and a lighter choice for light and dark pages.
 */
final class Look {
    private static final int SERIES = 8;
    private static final double R = 4;

    private static final String[] LIGHT = {
        "#0072b2", "#b34700", "#007a5a", "#a8457f", "#8a6100", "#1b7fb8", "#5b3fa0", "#555555"
    };
    private static final String[] DARK = {
        "#5cb8f0", "#ff9a4d", "#3fd6a8", "#e79cc6", "#f0c030", "#9ad8ff", "#b79cff", "#c0c0c0"
    };
    private static final String[] DASHES = {"none", "7 3", "2 3", "9 3 2 3", "none", "4 2", "1 2", "12 4"};

    private Look() {}

    /** Style sheet of every chart. */
    static String css() {
        StringBuilder css = new StringBuilder();
        css.append("svg{font:12px system-ui,sans-serif;--ink:#222;--faint:#d8d8d8;--paper:#fff}");
        css.append("svg text{fill:var(--ink)}.title{font-weight:600;font-size:14px}");
        css.append(".axis{stroke:var(--ink);fill:none}.grid{stroke:var(--faint);fill:none}");
        css.append(".one{stroke:var(--ink);stroke-dasharray:5 4;fill:none;opacity:.7}");
        css.append(".line{fill:none;stroke-width:1.8}.mark{stroke-width:1.6}.paper{fill:var(--paper)}");
        for (int i = 0; i < SERIES; i++) {
            css.append(".s" + i + "{--c:" + LIGHT[i] + "}.s" + i + " .line{stroke:var(--c);stroke-dasharray:"
                    + DASHES[i] + "}");
        }
        css.append(".mark{stroke:var(--c);fill:var(--c)}.hollow{fill:var(--paper)}");
        css.append("@media(prefers-color-scheme:dark){svg{--ink:#e6e6e6;--faint:#444;--paper:#1b1b1b}");
        for (int i = 0; i < SERIES; i++) {
            css.append(".s" + i + "{--c:" + DARK[i] + "}");
        }
        return css.append('}').toString();
    }

    static String series(int index) {
        return "s" + index % SERIES;
    }

    /** The marker of a series, at a place. */
    static void mark(Markup out, int index, double x, double y) {
        switch (index % SERIES) {
            case 0 -> out.empty("circle", "class", "mark", "cx", x, "cy", y, "r", R);
            case 1 -> path(out, "mark", x, y, -R, R, R, R, 0, -R - 1);
            case 2 -> path(out, "mark", x, y, -R, -R, R, -R, R, R, -R, R);
            case 3 -> path(out, "mark", x, y, 0, -R - 1.5, R + 1.5, 0, 0, R + 1.5, -R - 1.5, 0);
            case 4 -> out.empty("circle", "class", "mark hollow", "cx", x, "cy", y, "r", R);
            case 5 -> path(out, "mark hollow", x, y, -R, R, R, R, 0, -R - 1);
            case 6 -> path(out, "mark hollow", x, y, -R, -R, R, -R, R, R, -R, R);
            default -> path(out, "mark hollow", x, y, 0, -R - 1.5, R + 1.5, 0, 0, R + 1.5, -R - 1.5, 0);
        }
    }

    private static void path(Markup out, String style, double x, double y, double... offsets) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < offsets.length; i += 2) {
            path.append(i == 0 ? "M" : "L")
                    .append(Markup.number(x + offsets[i]))
                    .append(' ')
                    .append(Markup.number(y + offsets[i + 1]));
        }
        out.empty("path", "class", style, "d", path.append('Z'));
    }
}
