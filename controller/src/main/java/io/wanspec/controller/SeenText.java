package io.wanspec.controller;

import io.wanspec.contracts.TokenLogprobs;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client sees of tokens that stand one behind the other.
 *
 * @param texts what each token shows: nothing, if it completes no character or may begin a stop string
 * @param logprobs what is told with each of them: entries of tokens whose text is shown now, its own or what was held back. None of any token where
 *     nobody asked
 */
public record SeenText(List<String> texts, List<List<TokenLogprobs>> logprobs) {
    private static final SeenText NONE = of(List.of());

    public SeenText {
        texts = List.copyOf(texts);
        logprobs = logprobs.stream().map(List::copyOf).toList();
        if (!logprobs.isEmpty() && logprobs.size() != texts.size()) {
            throw new IllegalArgumentException("log-probabilities beside every text, or beside none");
        }
    }

    public static SeenText none() {
        return NONE;
    }

    /** Text alone. */
    public static SeenText of(List<String> texts) {
        return new SeenText(texts, List.of());
    }

    /** What the tokens from one on show. */
    public SeenText from(int token) {
        int from = Math.min(token, texts.size());
        return new SeenText(
                texts.subList(from, texts.size()),
                logprobs.isEmpty() ? logprobs : logprobs.subList(from, texts.size()));
    }

    public SeenText plus(SeenText more) {
        List<String> all = new ArrayList<>(texts);
        all.addAll(more.texts);
        return new SeenText(all, plus(logprobs, more.logprobs, texts.size(), more.texts.size()));
    }

    /** Where only one of both was asked for log-probabilities, which a failed text's last words are not, the other has none. */
    private static List<List<TokenLogprobs>> plus(
            List<List<TokenLogprobs>> first, List<List<TokenLogprobs>> second, int firsts, int seconds) {
        if (first.isEmpty() && second.isEmpty()) {
            return List.of();
        }
        List<List<TokenLogprobs>> all = new ArrayList<>(first.isEmpty() ? nothing(firsts) : first);
        all.addAll(second.isEmpty() ? nothing(seconds) : second);
        return all;
    }

    private static List<List<TokenLogprobs>> nothing(int tokens) {
        List<List<TokenLogprobs>> nothing = new ArrayList<>();
        for (int i = 0; i < tokens; i++) {
            nothing.add(List.of());
        }
        return nothing;
    }

    /** All that is told, in order. */
    public List<TokenLogprobs> told() {
        return logprobs.stream().flatMap(List::stream).toList();
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }
}
