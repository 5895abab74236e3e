package io.wanspec.functions.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.TokenLogprobs;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Log-probabilities as chats and responses have them. Bytes that are no text by themselves show as replacement characters, beside the bytes. */
public final class LogprobEntries {
    private LogprobEntries() {}

    /** An entry a token, each with the likeliest ones in its place. */
    public static ArrayNode of(List<TokenLogprobs> entries) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (TokenLogprobs entry : entries) {
            ObjectNode chosen = all.addObject();
            put(chosen, entry, 0);
            ArrayNode top = chosen.putArray("top_logprobs");
            for (int i = 1; i < entry.tokens().size(); i++) {
                put(top.addObject(), entry, i);
            }
        }
        return all;
    }

    private static void put(ObjectNode json, TokenLogprobs entry, int index) {
        json.put("token", text(entry.texts().get(index)));
        json.put("logprob", entry.logprobs().get(index));
        ArrayNode bytes = json.putArray("bytes");
        entry.texts().get(index).chars().forEach(bytes::add);
    }

    /** @param bytes a character each */
    public static String text(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
