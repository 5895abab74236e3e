package io.wanspec.functions.follow;

import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.controller.SeenText;
import java.util.ArrayList;
import java.util.List;

/** What clients have seen of a text that grows, token by token. Not thread-safe. */
final class SeenLog {
    private final List<String> texts = new ArrayList<>();

    /** Beside each text, or shorter: nobody asked for what is missing. */
    private final List<List<TokenLogprobs>> logprobs = new ArrayList<>();

    SeenLog(SeenText before) {
        add(before);
    }

    void add(SeenText more) {
        if (!more.logprobs().isEmpty()) {
            while (logprobs.size() < texts.size()) {
                logprobs.add(List.of());
            }
            logprobs.addAll(more.logprobs());
        }
        texts.addAll(more.texts());
    }

    int size() {
        return texts.size();
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    SeenText from(int token) {
        int from = Math.min(token, texts.size());
        List<String> some = texts.subList(from, texts.size());
        if (logprobs.isEmpty()) {
            return SeenText.of(some);
        }
        List<List<TokenLogprobs>> told = new ArrayList<>();
        for (int i = from; i < texts.size(); i++) {
            told.add(i < logprobs.size() ? logprobs.get(i) : List.of());
        }
        return new SeenText(some, told);
    }
}
