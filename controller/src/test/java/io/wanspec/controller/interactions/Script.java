package io.wanspec.controller.interactions;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transcript, read line by line: prose ({@code # ...}), settings ({@code key: value}, before the first event), events
 * ({@code 40ms target ready}) and, indented behind each event, the actions that it brought.
 */
final class Script {
    private static final String INDENT = "    ";
    private static final String NOTHING = "(nothing)";
    private static final Pattern SETTING = Pattern.compile("([a-z][a-z ]*): *(.*)");
    private static final Pattern EVENT = Pattern.compile("(\\d+(?:\\.\\d+)?)ms (?:(\\d+) times )?(.*)");

    private final String file;
    private final int lines;
    private final List<Part> parts = new ArrayList<>();

    /** A line of the script; the actions are not kept, they are what is to be found out. */
    sealed interface Part {
        String line();
    }

    /** Prose, or an empty line. */
    record Prose(String line) implements Part {}

    /** {@code key: value}. */
    record Setting(String line, String key, Phrase value) implements Part {}

    /** {@code 40ms target ready}. */
    record Step(String line, double atMs, int times, Phrase event) implements Part {}

    private Script(String file, int lines) {
        this.file = file;
        this.lines = lines;
    }

    static Script parse(String file, String text) {
        List<String> lines = text.lines().toList();
        Script script = new Script(file, lines.size());
        boolean behindEvent = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(INDENT) && behindEvent) {
                continue;
            }
            Part part = script.part(line, i + 1);
            behindEvent = part instanceof Step;
            script.parts.add(part);
        }
        return script;
    }

    private Part part(String line, int number) {
        if (line.isEmpty() || line.startsWith("#")) {
            return new Prose(line);
        }
        Matcher event = EVENT.matcher(line);
        if (event.matches()) {
            int times = event.group(2) == null ? 1 : Integer.parseInt(event.group(2));
            return new Step(line, Double.parseDouble(event.group(1)), times, new Phrase(file, number, event.group(3)));
        }
        Matcher setting = SETTING.matcher(line);
        if (setting.matches() && parts.stream().noneMatch(Step.class::isInstance)) {
            return new Setting(line, setting.group(1), new Phrase(file, number, setting.group(2)));
        }
        throw new BadScript(
                file,
                number,
                "neither prose (# ...), nor a setting before the first event (key: value),"
                        + " nor an event (40ms target ready), nor an action indented behind one: " + line);
    }

    List<Setting> settings() {
        return parts.stream()
                .filter(Setting.class::isInstance)
                .map(Setting.class::cast)
                .toList();
    }

    /** The script with the actions that {@code run} answers to each event. */
    String transcript(Function<Step, List<String>> run) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.line()).append('\n');
            if (part instanceof Step step) {
                List<String> actions = run.apply(step);
                for (String action : actions.isEmpty() ? List.of(NOTHING) : actions) {
                    text.append(INDENT).append(action).append('\n');
                }
            }
        }
        return text.toString();
    }

    BadScript unfinished() {
        return new BadScript(file, lines, "the script is unfinished: its last event ends no session");
    }
}
