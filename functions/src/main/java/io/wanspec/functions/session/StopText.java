package io.wanspec.functions.session;

import java.util.List;

/** Cuts a growing text before the first stop string, and holds back what may be the beginning of one. */
final class StopText {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    StopText(List<String> stops) {
        this.stops = List.copyOf(stops);
    }

    /** Takes the next piece and returns what is certain now. */
    String take(String piece) {
        if (stopped) {
            return "";
        }
        held.append(piece);
        int cut = firstStop();
        if (cut >= 0) {
            stopped = true;
            held.setLength(cut);
            return flush();
        }
        int certain = held.length() - longestBeginning();
        String text = held.substring(0, certain);
        held.delete(0, certain);
        return text;
    }

    /** What was held back, when no more comes. */
    String flush() {
        String rest = held.toString();
        held.setLength(0);
        return rest;
    }

    boolean isStopped() {
        return stopped;
    }

    private int firstStop() {
        return stops.stream().mapToInt(held::indexOf).filter(i -> i >= 0).min().orElse(-1);
    }

    /** Length of the longest end of the text that is a proper beginning of a stop string. */
    private int longestBeginning() {
        int longest = 0;
        for (String stop : stops) {
            for (int n = Math.min(stop.length() - 1, held.length()); n > longest; n--) {
                if (stop.startsWith(held.substring(held.length() - n))) {
                    longest = n;
                }
            }
        }
        return longest;
    }
}
