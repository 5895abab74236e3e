package io.wanspec.evaluation.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.contracts.request.SpeculationFields;
import io.wanspec.contracts.request.TimelineWish;
import java.util.OptionalLong;

/**
 * A chat request as the demonstration sends it.
 *
 * @param model name that the API gives the target
 * @param topP nucleus of the sampling, 1 for none
 * @param seed of the sampling; drawn by the server if absent
 * @param speculation how it shall be served
 */
public record ChatRequest(
        String model,
        String prompt,
        int maxTokens,
        double temperature,
        double topP,
        OptionalLong seed,
        Speculation speculation) {
    private static final JsonMapper MAPPER = new JsonMapper();

    public Mode mode() {
        return speculation.mode();
    }

    /** The same text asked for in another way, with as much of its timeline. */
    public ChatRequest as(Speculation other) {
        return with(other.with(speculation.timeline()));
    }

    /** The same with so much of its timeline. */
    public ChatRequest telling(TimelineWish timeline) {
        return with(speculation.with(timeline));
    }

    private ChatRequest with(Speculation other) {
        return new ChatRequest(model, prompt, maxTokens, temperature, topP, seed, other);
    }

    /** The same, but shorter. */
    public ChatRequest upTo(int fewerTokens) {
        int tokens = Math.min(maxTokens, fewerTokens);
        return new ChatRequest(model, prompt, tokens, temperature, topP, seed, speculation);
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
        ObjectNode extension = body.putObject(SpeculationFields.OBJECT);
        extension.put(SpeculationFields.MODE, speculation.mode().word());
        extension.put(SpeculationFields.INCLUDE_TOKEN_IDS, true);
        if (speculation.mode() == Mode.WANSPEC) {
            put(extension, speculation);
        }
        speculation.drafts().runLength().ifPresent(value -> extension.put(SpeculationFields.RUN_LENGTH, value));
        if (speculation.timeline().isAsked()) {
            extension.put(SpeculationFields.TIMELINE, speculation.timeline().word());
        }
        return body.toString();
    }

    /** What the baselines have no use for. */
    private static void put(ObjectNode extension, Speculation speculation) {
        extension.put(SpeculationFields.DRAFT, speculation.drafts().kind().word());
        extension.put(SpeculationFields.GOAL, speculation.goal().word());
        speculation.redundancy().ifPresent(value -> extension.put(SpeculationFields.REDUNDANCY, value.word()));
        speculation.price().ifPresent(value -> extension.put(SpeculationFields.PRICE, value));
    }
}
