package io.wanspec.controller;

import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.TokenLogprobs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lets text through up to the first stop string, and holds back what may be the beginning of one.
 *
 * <p>Which stop string ends the text depends on the text alone, not on how it was cut into pieces: the one that is complete
 * first, and among those the one that begins first.
 */
public final class StopGate {
    private final List<String> stops;
    private final StopRule rule;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    /** How many pieces came. */
    private int pieces;

    /** Log-probabilities of tokens of whose text nothing has been shown yet. */
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private long came;
    private long shown;

    /**
     * Of one token.
     *
     * @param from where its text begins
     * @param to where it ends
     */
    private record Waiting(TokenLogprobs entry, long from, long to) {
        boolean isShown(long shown) {
            return from < shown || (from == to && from == shown);
        }
    }

    public StopGate(List<String> stops) {
        this(StopRule.at(stops));
    }

    public StopGate(StopRule rule) {
        this.rule = rule;
        stops = rule.strings();
    }

    /** Whether a stop string has come; nothing passes any more. */
    public boolean isStopped() {
        return stopped;
    }

    /** Takes the pieces of tokens, with the log-probabilities of each, or none. */
    public SeenText pass(List<String> some, Logprobs logprobs) {
        List<String> texts = new ArrayList<>();
        List<List<TokenLogprobs>> told = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            String text = pass(some.get(i));
            texts.add(text);
            if (!logprobs.isNone()) {
                waiting.add(new Waiting(
                        logprobs.each().get(i), came, came + some.get(i).length()));
                came += some.get(i).length();
                shown += text.length();
                told.add(told());
            }
        }
        return new SeenText(texts, told);
    }

    private List<TokenLogprobs> told() {
        List<TokenLogprobs> told = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.getFirst().isShown(shown)) {
            told.add(waiting.removeFirst().entry());
        }
        return told;
    }

    /** The text has ended with these tokens: what is held back belongs to the last of them, or follows where there are none. */
    public SeenText end(SeenText last) {
        String rest = flush();
        if (last.isEmpty()) {
            return rest.isEmpty() ? last : alone(rest);
        }
        List<String> texts = new ArrayList<>(last.texts());
        texts.add(texts.removeLast() + rest);
        List<List<TokenLogprobs>> told = new ArrayList<>(last.logprobs());
        if (!told.isEmpty() && !stopped) {
            List<TokenLogprobs> all = new ArrayList<>(told.removeLast());
            waiting.forEach(held -> all.add(held.entry()));
            told.add(all);
        }
        waiting.clear();
        return new SeenText(texts, told);
    }

    private SeenText alone(String rest) {
        List<TokenLogprobs> told = waiting.stream().map(Waiting::entry).toList();
        waiting.clear();
        return new SeenText(List.of(rest), told.isEmpty() ? List.of() : List.of(told));
    }

    /** Takes a token's piece and returns the text that may be shown now. */
    public String pass(String piece) {
        if (pieces++ < rule.behindTokens()) {
            return piece;
        }
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < piece.length() && !stopped; i++) {
            held.append(piece.charAt(i));
            int cut = longestStopAtEnd();
            if (cut > 0) {
                stopped = true;
                shown.append(held, 0, rule.shown() ? held.length() : held.length() - cut);
                held.setLength(0);
            } else {
                int free = held.length() - longestBeginningAtEnd();
                shown.append(held, 0, free);
                held.delete(0, free);
            }
        }
        return shown.toString();
    }

    /** The end of the text: what was held back was no stop string. */
    public String flush() {
        String rest = held.toString();
        held.setLength(0);
        return rest;
    }

    private int longestStopAtEnd() {
        int longest = 0;
        for (String stop : stops) {
            if (endsWith(stop, stop.length())) {
                longest = Math.max(longest, stop.length());
            }
        }
        return longest;
    }

    private int longestBeginningAtEnd() {
        int longest = 0;
        for (String stop : stops) {
            for (int n = Math.min(stop.length() - 1, held.length()); n > longest; n--) {
                if (endsWith(stop, n)) {
                    longest = n;
                }
            }
        }
        return longest;
    }

    /** Whether the held text ends with the first {@code n} characters of {@code stop}. */
    private boolean endsWith(String stop, int n) {
        int from = held.length() - n;
        if (from < 0) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (held.charAt(from + i) != stop.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
