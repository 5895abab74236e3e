package io.wanspec.evaluation.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Timelines as one page that needs nothing else: scripts and events are in it, and it asks nothing of any server. */
public final class TimelinePage {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** The picture is drawn by the same scripts as in the console. */
    private static final String CONSOLE = "/io/wanspec/console/";

    private TimelinePage() {}

    /**
     * A session.
     *
     * @param lines of its timeline
     */
    public record Shown(String name, List<String> lines) {}

    /**
     * @param title of the page
     * @param about a sentence under it
     * @param sessions drawn to one scale, one below the other, or side by side where there is room
     */
    public static String of(String title, String about, List<Shown> sessions) {
        List<Map<String, Object>> shown = sessions.stream()
                .map(session -> Map.<String, Object>of("name", session.name(), "lines", session.lines()))
                .toList();
        return Mustache.compiler()
                .compile(text("timeline.html"))
                .execute(Map.of(
                        "title",
                        title,
                        "about",
                        about,
                        "styles",
                        text(CONSOLE + "timeline.css"),
                        "scripts",
                        List.of(
                                inScript(text(CONSOLE + "d3.min.js")),
                                inScript(text(CONSOLE + "plot.umd.min.js")),
                                inScript(text(CONSOLE + "timeline.js"))),
                        "sessions",
                        inScript(json(shown))));
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing in a script, a text of a model least of all, may end its element or begin another. In strings both forms are the same. */
    private static String inScript(String code) {
        return code.replace("</", "<\\/").replace("<!--", "\\u003c!--");
    }

    private static String text(String name) {
        try (InputStream in = TimelinePage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + " of the build", e);
        }
    }
}
