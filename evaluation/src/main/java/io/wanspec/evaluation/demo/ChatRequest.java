package io.wanspec.evaluation.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A chat request as the demonstration sends it.
 *
 * @param model name that the API gives the target
 * @param topP nucleus of the sampling, 1 for none
 * @param seed of the sampling; drawn by the server if absent
 * @param speculation how WANSpec drafts; absent in the other modes
 * @param runLength most draft tokens of a round, if fixed
 */
public record ChatRequest(
        String model,
        String prompt,
        int maxTokens,
        double temperature,
        double topP,
        OptionalLong seed,
        Mode mode,
        Optional<Speculation> speculation,
        OptionalInt runLength) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** The same text asked for in another way. */
    public ChatRequest as(Mode otherMode, OptionalInt otherRunLength) {
        Optional<Speculation> kept = otherMode == Mode.WANSPEC ? speculation : Optional.empty();
        return new ChatRequest(model, prompt, maxTokens, temperature, topP, seed, otherMode, kept, otherRunLength);
    }

    /** The same with this seed. */
    public ChatRequest withSeed(long known) {
        return new ChatRequest(
                model, prompt, maxTokens, temperature, topP, OptionalLong.of(known), mode, speculation, runLength);
    }

    /** The same, but shorter. */
    public ChatRequest upTo(int fewerTokens) {
        int tokens = Math.min(maxTokens, fewerTokens);
        return new ChatRequest(model, prompt, tokens, temperature, topP, seed, mode, speculation, runLength);
    }

    /** The body of {@code POST /v1/chat/completions}, streaming. */
    public String toJson() {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        body.put("stream", true);
        body.put("max_tokens", maxTokens);
        body.put("temperature", temperature);
        body.put("top_p", topP);
        seed.ifPresent(value -> body.put("seed", value));
        ObjectNode extension = body.putObject("wanspec");
        extension.put("mode", mode.word());
        extension.put("include_token_ids", true);
        speculation.ifPresent(value -> put(extension, value));
        runLength.ifPresent(value -> extension.put("run_length", value));
        return body.toString();
    }

    private static void put(ObjectNode extension, Speculation speculation) {
        extension.put("draft", speculation.draft().word());
        extension.put("goal", speculation.goal().word());
        speculation.redundancy().ifPresent(value -> extension.put("redundancy", value.word()));
        speculation.price().ifPresent(value -> extension.put("price", value));
    }
}
