package io.wanspec.evaluation.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Colours, dashes and symbols, so that up to eight series are told apart without colour as well. The colours are those of Okabe
 * and Ito, made for colour-blind readers, darker on light pages and lighter on dark ones.
 *
 * @param symbol a shape of ECharts
 * @param hollow whether only its outline shows
 * @param dashes lengths of line and gap in turn; none for a solid line
 */
record Look(Shade shade, String symbol, boolean hollow, List<Integer> dashes) {
    Look {
        dashes = List.copyOf(dashes);
    }

    /** A colour on a light page, and the one that takes its place on a dark page. */
    enum Shade {
        INK("#222222", "#e6e6e6"),
        FAINT("#dddddd", "#444444"),
        PAPER("#ffffff", "#1b1b1b"),
        BLUE("#0072b2", "#5cb8f0"),
        VERMILION("#b34700", "#ff9a4d"),
        GREEN("#007a5a", "#3fd6a8"),
        PINK("#a8457f", "#e79cc6"),
        BROWN("#8a6100", "#f0c030"),
        SKY("#1b7fb8", "#9ad8ff"),
        VIOLET("#5b3fa0", "#b79cff"),
        GREY("#555555", "#c0c0c0");

        private final String light;
        private final String dark;

        Shade(String light, String dark) {
            this.light = light;
            this.dark = dark;
        }

        @JsonValue
        String light() {
            return light;
        }
    }

    private static final List<Look> SERIES = List.of(
            new Look(Shade.BLUE, "circle", false, List.of()),
            new Look(Shade.VERMILION, "triangle", false, List.of(7, 3)),
            new Look(Shade.GREEN, "rect", false, List.of(2, 3)),
            new Look(Shade.PINK, "diamond", false, List.of(9, 3, 2, 3)),
            new Look(Shade.BROWN, "circle", true, List.of()),
            new Look(Shade.SKY, "triangle", true, List.of(4, 2)),
            new Look(Shade.VIOLET, "rect", true, List.of(1, 2)),
            new Look(Shade.GREY, "diamond", true, List.of(12, 4)));

    static Look ofSeries(int index) {
        return SERIES.get(index % SERIES.size());
    }

    /** A style sheet that changes the colours on dark pages; readers that know no style sheets show the light ones. */
    static String darkStyle() {
        StringBuilder css = new StringBuilder("@media(prefers-color-scheme:dark){");
        for (Shade shade : Shade.values()) {
            for (String property : List.of("fill", "stroke")) {
                css.append("svg [%1$s=\"%2$s\"]{%1$s:%3$s}".formatted(property, shade.light, shade.dark));
            }
        }
        return css.append('}').toString();
    }
}
