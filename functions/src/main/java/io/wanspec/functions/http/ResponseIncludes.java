package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.contracts.Limits;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code include}, what a response shall say beside its text, and {@code top_logprobs}. */
final class ResponseIncludes {
    private static final String INCLUDE = "include";
    private static final String LOGPROBS = "message.output_text.logprobs";

    /** What OpenAI's clients may ask for, and no response here has. */
    private static final Set<String> OF_NOTHING = Set.of(
            "code_interpreter_call.outputs",
            "computer_call_output.output.image_url",
            "file_search_call.results",
            "message.input_image.image_url",
            "reasoning.encrypted_content",
            "web_search_call.action.sources",
            "web_search_call.results");

    private ResponseIncludes() {}

    /** Of how many likeliest tokens the log-probabilities are wanted; empty for none, 0 for the chosen ones alone. */
    static OptionalInt logprobs(Fields fields) {
        OptionalInt count = fields.integer("top_logprobs", 0, Limits.LOGPROBS_MAX);
        boolean included = isIncluded(fields);
        if (!included && count.orElse(0) > 0) {
            throw ApiException.invalid(
                    "top_logprobs", "'top_logprobs' is only allowed when 'include' has \"" + LOGPROBS + "\".");
        }
        return included ? OptionalInt.of(count.orElse(0)) : OptionalInt.empty();
    }

    private static boolean isIncluded(Fields fields) {
        JsonNode include = fields.node(INCLUDE);
        if (include == null) {
            return false;
        }
        if (!include.isArray()) {
            throw ApiException.wrongType(INCLUDE, "an array of strings", Json.typeOf(include));
        }
        boolean included = false;
        for (JsonNode each : include) {
            included |= each.asText().equals(LOGPROBS);
            if (!each.isTextual() || !(each.textValue().equals(LOGPROBS) || OF_NOTHING.contains(each.textValue()))) {
                throw ApiException.unsupported(
                        INCLUDE, "Of 'include' only \"" + LOGPROBS + "\" is served, and what no response here has.");
            }
        }
        return included;
    }
}
