package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.TokenLogprobs;
import java.nio.charset.StandardCharsets;
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
        ArrayNode content = json.putArray("content");
        for (TokenLogprobs entry : entries) {
            ObjectNode chosen = content.addObject();
            put(chosen, entry, 0);
            ArrayNode top = chosen.putArray("top_logprobs");
            for (int i = 1; i < entry.tokens().size(); i++) {
                put(top.addObject(), entry, i);
            }
        }
        json.putNull("refusal");
        return json;
    }

    private static void put(ObjectNode json, TokenLogprobs entry, int index) {
        json.put("token", token(entry, index));
        json.put("logprob", entry.logprobs().get(index));
        ArrayNode bytes = json.putArray("bytes");
        entry.texts().get(index).chars().forEach(bytes::add);
    }

    /** Of tokens that look alike among the likeliest, the likelier one is told. */
    private static ObjectNode text(List<TokenLogprobs> entries, int offset) {
        ObjectNode json = Json.object();
        ArrayNode offsets = json.putArray("text_offset");
        ArrayNode logprobs = json.putArray("token_logprobs");
        ArrayNode tokens = json.putArray("tokens");
        ArrayNode tops = json.putArray("top_logprobs");
        int at = offset;
        for (TokenLogprobs entry : entries) {
            offsets.add(at);
            tokens.add(token(entry, 0));
            logprobs.add(entry.logprobs().getFirst());
            ObjectNode top = tops.addObject();
            for (int i = 1; i < entry.tokens().size(); i++) {
                if (!top.has(token(entry, i))) {
                    top.put(token(entry, i), entry.logprobs().get(i));
                }
            }
            top.put(token(entry, 0), entry.logprobs().getFirst());
            at += token(entry, 0).length();
        }
        return json;
    }

    private static String token(TokenLogprobs entry, int index) {
        return new String(entry.texts().get(index).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
