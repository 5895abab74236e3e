package io.wanspec.evaluation.timeline;

import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.contracts.timeline.TimelineToken;
import io.wanspec.contracts.timeline.TokenSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A session's timeline as lanes of characters, for a terminal. */
public final class TextLanes {
    /** Nothing, and then more and more of a cell's time. */
    private static final String SHADES = " ░▒▓█";

    private static final int NAME_WIDTH = 20;
    private static final int CELLS_MIN = 20;

    private final Map<String, double[]> lanes = new LinkedHashMap<>();
    private final List<TimelineEvent> events;
    private final int cells;
    private final double endMs;

    private TextLanes(List<TimelineEvent> events, int columns) {
        this.events = events;
        this.cells = Math.max(CELLS_MIN, columns - NAME_WIDTH - 1);
        this.endMs = Math.max(1e-3, events.isEmpty() ? 0 : events.getLast().t());
    }

    /** @param columns of the terminal */
    public static List<String> of(List<TimelineEvent> events, int columns) {
        return new TextLanes(events, columns).lines();
    }

    /** The lanes alone, over their axis, of a session that may still run. */
    public static List<String> lanes(List<TimelineEvent> events, int columns) {
        TextLanes picture = new TextLanes(events, columns);
        events.forEach(picture::take);
        return picture.laneLines();
    }

    private List<String> laneLines() {
        List<String> lines = new ArrayList<>();
        lanes.forEach((name, shares) -> lines.add(name(name) + shaded(shares)));
        lines.add(name("") + axis());
        return lines;
    }

    private List<String> lines() {
        events.forEach(this::take);
        List<String> lines = new ArrayList<>();
        events.stream()
                .filter(TimelineEvent.Begin.class::isInstance)
                .map(TimelineEvent.Begin.class::cast)
                .findFirst()
                .ifPresent(begin -> lines.add(head(begin)));
        lines.addAll(laneLines());
        lines.addAll(tokens());
        lines.addAll(remarks());
        return lines;
    }

    private static String head(TimelineEvent.Begin begin) {
        return begin.session() + ": " + begin.model() + ", " + begin.mode() + ", goal " + begin.goal() + ", "
                + begin.promptTokens() + " prompt tokens";
    }

    private void take(TimelineEvent event) {
        switch (event) {
            case TimelineEvent.Begin begin -> begin(begin);
            case TimelineEvent.Pass pass -> fill("target passes", pass.asked(), pass.t());
            case TimelineEvent.Stall stall -> fill("stalls", stall.from(), stall.t());
            case TimelineEvent.Frame frame -> frame(frame);
            case TimelineEvent.Ask _, TimelineEvent.Link _, TimelineEvent.Note _, TimelineEvent.End _ -> {}
        }
    }

    private void begin(TimelineEvent.Begin begin) {
        lane("target passes");
        lane("stalls");
        begin.workers().forEach(worker -> lane(drafts(worker.place(), worker.id())));
    }

    private void frame(TimelineEvent.Frame frame) {
        Double passMs = frame.passMs();
        Double sent = frame.sent();
        double end = sent == null ? frame.t() : sent;
        if (passMs != null) {
            fill(drafts(frame.place(), frame.worker()), Math.max(0, end - passMs), end);
        }
        if (frame.wan()) {
            fill("network", end, frame.t());
        }
    }

    private static String drafts(TokenSource place, String worker) {
        return place == TokenSource.BUSY ? "busy-region drafts" : "drafts " + worker;
    }

    private double[] lane(String name) {
        return lanes.computeIfAbsent(name, _ -> new double[cells]);
    }

    /** Adds what part of each cell's time lies between two times. */
    private void fill(String lane, double from, double to) {
        double[] shares = lane(lane);
        double cellMs = endMs / cells;
        int last = Math.min(cells - 1, (int) (to / cellMs));
        for (int i = Math.min(cells - 1, (int) (from / cellMs)); i <= last; i++) {
            double covered = Math.min(to, (i + 1) * cellMs) - Math.max(from, i * cellMs);
            // What is too short to be seen is seen all the same.
            shares[i] += Math.max(covered / cellMs, 0.01);
        }
    }

    private static String shaded(double[] shares) {
        StringBuilder line = new StringBuilder();
        for (double share : shares) {
            int shade = share <= 0 ? 0 : Math.min(SHADES.length() - 1, 1 + (int) (share * (SHADES.length() - 1)));
            line.append(SHADES.charAt(shade));
        }
        return line.toString().stripTrailing();
    }

    private String axis() {
        String end = String.format(Locale.ROOT, "%.0f ms", endMs);
        return "0" + "-".repeat(Math.max(1, cells - 1 - end.length())) + end;
    }

    private List<String> tokens() {
        StringBuilder sources = new StringBuilder();
        int passes = 0;
        for (TimelineEvent event : events) {
            if (event instanceof TimelineEvent.Pass pass) {
                passes++;
                for (TimelineToken token : pass.tokens()) {
                    sources.append(letter(token.source()));
                }
            }
        }
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < sources.length(); from += cells) {
            lines.add(name(from == 0 ? "tokens" : "")
                    + sources.substring(from, Math.min(from + cells, sources.length())));
        }
        lines.add(name("") + sources.length() + " tokens in " + passes
                + " passes; r: remote draft, b: busy-region draft, l: lookup, T: the target's own");
        return lines;
    }

    private static char letter(TokenSource source) {
        return switch (source) {
            case REMOTE -> 'r';
            case BUSY -> 'b';
            case LOOKUP -> 'l';
            case TARGET -> 'T';
        };
    }

    private List<String> remarks() {
        List<String> lines = new ArrayList<>();
        for (TimelineEvent event : events) {
            switch (event) {
                case TimelineEvent.Note note ->
                    lines.add(remark(note.t(), note.code().replace('_', ' ') + ": " + note.detail()));
                case TimelineEvent.Link link
                when link.reason() != null ->
                    lines.add(remark(link.t(), link.link() + " " + link.state() + ": " + link.reason()));
                case TimelineEvent.End end -> lines.add(remark(end.t(), ending(end)));
                default -> {}
            }
        }
        return lines;
    }

    private static String ending(TimelineEvent.End end) {
        String how = end.failure() == null ? "ended: " + end.finishReason() : "failed: " + end.failure();
        return end.dropped() == 0 ? how : how + "; " + end.dropped() + " events found no room";
    }

    private static String remark(double t, String text) {
        return name(String.format(Locale.ROOT, "%.0f ms", t)) + text;
    }

    private static String name(String name) {
        String cut = name.length() <= NAME_WIDTH ? name : name.substring(0, NAME_WIDTH);
        return String.format(Locale.ROOT, "%-" + (NAME_WIDTH + 1) + "s", cut);
    }
}
