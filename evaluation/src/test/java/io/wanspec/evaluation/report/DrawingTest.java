package io.wanspec.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a drawing shows, by its markup. */
final class DrawingTest {
    private static final Chart LINES = chart(
            new Axis.Numbers("latency / B1", 0.6, 1.8, 0.2),
            series("a", 1.1, 1.2, 9.9),
            series("b < c", 0.9, 0.7, 0.8));

    /** It takes seconds to make: one for all. */
    private static final ECharts LIBRARY = new ECharts();

    private static String drawn = "";

    @BeforeAll
    static void draw() {
        drawn = Drawing.of(LINES, "lines", LIBRARY);
    }

    @Test
    void ticksAreLabelledWithTheDigitsTheyNeed() {
        assertThat(texts(drawn)).containsSubsequence("0.6", "0.8", "1", "1.2", "1.4", "1.6", "1.8");
    }

    @Test
    void axesAndSeriesHaveTheirNames() {
        assertThat(texts(drawn)).contains("latency / B1", "round trip, ms", "a", "b &lt; c", "B1", "A title");
    }

    @Test
    void aPointSaysWhatItIsUnlessItLiesBeyondTheAxis() {
        assertThat(all(drawn, "<title>([^<]*)</title>"))
                .containsExactly("a 0", "a 1", "b &lt; c 0", "b &lt; c 1", "b &lt; c 2");
    }

    @Test
    void anErrorIsALineThroughItsPoint() {
        Series.Point point = new Series.Point(1, 0, 0.5, "with its error");
        Axis.Numbers x = new Axis.Numbers("latency / B1", 0, 2, 0.5);
        List<Series> series = List.of(new Series("a", List.of(point), false));
        String svg = Drawing.of(new Chart("", x, new Axis.Names(List.of("one")), series), "errors", LIBRARY);
        double perUnit = (760 - 150 - 16 - 200) / 2.0;
        assertThat(all(svg, "<path[^>]* d=\"M([0-9.]+) [0-9.]+L([0-9.]+) [0-9.]+\"[^>]* stroke=\"#0072b2\""))
                .singleElement()
                .isEqualTo(number(200 + 0.5 * perUnit) + ":" + number(200 + 1.5 * perUnit));
    }

    @Test
    void theSameDataGivesTheSameBytesWhateverWasDrawnBefore() {
        Drawing.of(chart(new Axis.Numbers("", 0, 5, 1), series("other", 3)), "other", LIBRARY);
        assertThat(Drawing.of(LINES, "lines", LIBRARY)).isEqualTo(drawn);
    }

    @Test
    void namesWithinADrawingAreItsOwn() {
        assertThat(all(drawn, " id=\"([^\"]*)\"")).isNotEmpty().allMatch(id -> id.startsWith("lines-"));
        assertThat(all(drawn, "url\\(#([^)]*)\\)")).isNotEmpty().allMatch(id -> id.startsWith("lines-"));
    }

    @Test
    void everyColourHasAnotherForDarkPages() {
        List<String> light = all(drawn, "(?:fill|stroke)=\"(#[0-9a-f]+)\"").stream()
                .distinct()
                // Of clip paths, and of lines, which have no area.
                .filter(colour -> !colour.equals("#000"))
                .toList();
        assertThat(light)
                .contains("#0072b2", "#222222")
                .allMatch(colour -> Look.darkStyle().contains("[fill=\"" + colour + "\"]"));
    }

    @Test
    void seriesAreToldApartWithoutColour() {
        List<String> shapes = IntStream.range(0, 8)
                .mapToObj(Look::ofSeries)
                .map(look -> look.symbol() + look.hollow())
                .toList();
        assertThat(shapes).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotANumberIsRefused() {
        assertThatThrownBy(() -> series("a", Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> series("a", Double.POSITIVE_INFINITY)).hasMessageContaining("Infinity");
    }

    private static Chart chart(Axis y, Series... series) {
        return new Chart("A title", new Axis.Numbers("round trip, ms", 0, 50, 10), y, List.of(series));
    }

    /** Joined, a point every 20 ms. */
    private static Series series(String name, double... values) {
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            points.add(new Series.Point(20.0 * i, values[i], name + " " + i));
        }
        return new Series(name, points, true);
    }

    private static List<String> texts(String svg) {
        return all(svg, "<text[^>]*>([^<]*)</text>");
    }

    /** The groups of every match, joined by colons. */
    private static List<String> all(String svg, String pattern) {
        return Pattern.compile(pattern)
                .matcher(svg)
                .results()
                .map(match -> String.join(
                        ":",
                        IntStream.rangeClosed(1, match.groupCount())
                                .mapToObj(match::group)
                                .toList()))
                .toList();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
