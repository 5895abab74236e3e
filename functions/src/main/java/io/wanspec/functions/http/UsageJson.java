package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.ledger.TokenDetails;
import java.util.List;

/** What completions used, in OpenAI's shape. */
final class UsageJson {
    private static final String PROMPT = "prompt_tokens";
    private static final String COMPLETION = "completion_tokens";
    private static final String CACHED = "cached_tokens";
    private static final String ACCEPTED = "accepted_prediction_tokens";
    private static final String REJECTED = "rejected_prediction_tokens";

    private UsageJson() {}

    static ObjectNode of(int promptTokens, int completionTokens, TokenDetails details) {
        ObjectNode usage = Json.object();
        usage.put(PROMPT, promptTokens);
        usage.put(COMPLETION, completionTokens);
        usage.put("total_tokens", promptTokens + completionTokens);
        usage.putObject(PROMPT + "_details").put(CACHED, details.cachedTokens());
        usage.putObject(COMPLETION + "_details")
                .put("reasoning_tokens", 0)
                .put(ACCEPTED, details.acceptedPredictionTokens())
                .put(REJECTED, details.rejectedPredictionTokens());
        return usage;
    }

    /**
     * Of several texts.
     *
     * @param each how many of them, one behind the other, have the same prompt: it counts once, as the first of them found it
     */
    static ObjectNode sum(List<ObjectNode> usages, int each) {
        int prompt = 0;
        int completion = 0;
        int cached = 0;
        int accepted = 0;
        int rejected = 0;
        for (int i = 0; i < usages.size(); i++) {
            JsonNode usage = usages.get(i);
            if (i % each == 0) {
                prompt += usage.path(PROMPT).intValue();
                cached += usage.path(PROMPT + "_details").path(CACHED).intValue();
            }
            completion += usage.path(COMPLETION).intValue();
            JsonNode details = usage.path(COMPLETION + "_details");
            accepted += details.path(ACCEPTED).intValue();
            rejected += details.path(REJECTED).intValue();
        }
        return of(prompt, completion, new TokenDetails(cached, accepted, rejected));
    }
}
