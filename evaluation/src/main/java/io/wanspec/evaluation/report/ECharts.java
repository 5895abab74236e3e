package io.wanspec.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.evaluation.report.Look.Shade;
import java.util.List;
import java.util.stream.IntStream;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * Apache ECharts as a function from charts to SVG. It measures text by a table of its own instead of this machine's fonts, so a
 * drawing depends on its data alone. To read the library takes some seconds: keep one for many charts.
 */
final class ECharts {
    private static final JsonMapper JSON = new JsonMapper();

    private final ContextFactory engine = new ContextFactory();
    private final Scriptable scope;

    /** What {@code chart.js} draws. */
    private record Drawn(
            String title,
            Axis.Numbers x,
            Axis y,
            List<Styled> series,
            boolean toB1,
            Shade ink,
            Shade paper,
            Shade faint) {
        static Drawn of(Chart chart) {
            List<Styled> series = IntStream.range(0, chart.series().size())
                    .mapToObj(i -> Styled.of(chart.series().get(i), Look.ofSeries(i)))
                    .toList();
            return new Drawn(
                    chart.title(), chart.x(), chart.y(), series, chart.toB1(), Shade.INK, Shade.PAPER, Shade.FAINT);
        }
    }

    private record Styled(String name, boolean joined, List<Series.Point> points, Look look) {
        static Styled of(Series series, Look look) {
            return new Styled(series.name(), series.joined(), series.points(), look);
        }
    }

    ECharts() {
        scope = engine.call(context -> {
            prepare(context);
            // Without access to Java's classes.
            Scriptable fresh = context.initSafeStandardObjects();
            for (String script : List.of("echarts.common.min.js", "chart.js")) {
                context.evaluateString(fresh, Resources.text(script), script, 1, null);
            }
            return fresh;
        });
    }

    /** The drawing as ECharts makes it. */
    String svg(Chart chart) {
        Object[] arguments = {json(Drawn.of(chart))};
        return engine.call(context -> {
            prepare(context);
            return Context.toString(ScriptableObject.callMethod(context, scope, "draw", arguments));
        });
    }

    private static void prepare(Context context) {
        // Compiled, the library's outermost function is larger than the JVM lets a method be.
        context.setInterpretedMode(true);
        context.setLanguageVersion(Context.VERSION_ES6);
    }

    private static String json(Drawn drawn) {
        try {
            return JSON.writeValueAsString(drawn);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("charts are plain records", e);
        }
    }
}
