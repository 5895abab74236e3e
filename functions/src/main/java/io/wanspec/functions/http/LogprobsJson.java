package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.functions.responses.LogprobEntries;
import java.util.List;

/** Log-probabilities in OpenAI's shapes. Bytes that are no text by themselves show as replacement characters, beside the bytes. */
final class LogprobsJson {
    private LogprobsJson() {}

    /** @param offset where the first token's text begins, of a plain completion */
    static ObjectNode of(Api api, List<TokenLogprobs> entries, int offset) {
        return api == Api.TEXT ? text(entries, offset) : chat(entries);
    }

    /** How long the tokens' texts are together, in UTF-16 units. */
    static int length(List<TokenLogprobs> entries) {
        return entries.stream().mapToInt(entry -> token(entry, 0).length()).sum();
    }

    private static ObjectNode chat(List<TokenLogprobs> entries) {
        ObjectNode json = Json.object();
        json.set("content", LogprobEntries.of(entries));
        json.putNull("refusal");
        return json;
    }

    /**
     * Of an echoed prompt and what follows it. What comes first follows nothing, and is not said to be likely or not.
     *
     * @param entries of the text behind the prompt, as far as it came with it
     */
    static ObjectNode echoed(Echo echo, List<TokenLogprobs> entries) {
        TextForm form = new TextForm(0);
        form.first(LogprobEntries.text(echo.tokens().getFirst()));
        echo.told().forEach(form::add);
        entries.forEach(form::add);
        return form.json;
    }

    private static ObjectNode text(List<TokenLogprobs> entries, int offset) {
        TextForm form = new TextForm(offset);
        entries.forEach(form::add);
        return form.json;
    }

    /** Plain completions' lists, which stand beside each other. */
    private static final class TextForm {
        private final ObjectNode json = Json.object();
        private final ArrayNode offsets = json.putArray("text_offset");
        private final ArrayNode logprobs = json.putArray("token_logprobs");
        private final ArrayNode tokens = json.putArray("tokens");
        private final ArrayNode tops = json.putArray("top_logprobs");
        private int at;

        TextForm(int offset) {
            at = offset;
        }

        void first(String token) {
            put(token);
            logprobs.addNull();
            tops.addNull();
        }

        /** Of tokens that look alike among the likeliest, the likelier one is told. */
        void add(TokenLogprobs entry) {
            put(token(entry, 0));
            logprobs.add(entry.logprobs().getFirst());
            ObjectNode top = tops.addObject();
            for (int i = 1; i < entry.tokens().size(); i++) {
                if (!top.has(token(entry, i))) {
                    top.put(token(entry, i), entry.logprobs().get(i));
                }
            }
            top.put(token(entry, 0), entry.logprobs().getFirst());
        }

        private void put(String token) {
            offsets.add(at);
            tokens.add(token);
            at += token.length();
        }
    }

    /** How long the tokens of an echoed prompt are together, as {@link #length} says it. */
    static int length(Echo echo) {
        return echo.tokens().stream()
                .mapToInt(token -> LogprobEntries.text(token).length())
                .sum();
    }

    /** The text that tokens make, one behind the other. */
    static String joined(List<String> texts) {
        return LogprobEntries.text(String.join("", texts));
    }

    private static String token(TokenLogprobs entry, int index) {
        return LogprobEntries.text(entry.texts().get(index));
    }
}
