package io.wanspec.functions.http;

import static io.wanspec.functions.http.NeutralValue.*;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fields that do nothing here. What OpenAI's, vLLM's and llama.cpp's clients send by themselves is accepted: any value, where it would change no text;
 * only the one that asks for nothing, where a client would otherwise not get what it asks for. {@code null} asks for nothing, whatever the field.
 * ({@code user} and {@code safety_identifier} change no answer either, but tell callers apart.)
 */
final class IgnoredParameters {
    private static final String ABSENT = "is not served: leave it out";

    private static final List<Field> COMMON = List.of(
            new Field("user", STRING, "must be a string"),
            new Field("service_tier", TIER, "only \"auto\" and \"default\" are served"));

    /** What servers of open models know beside OpenAI's. */
    private static final List<Field> OPEN_SERVERS = List.of(
            new Field("repeat_penalty", ONE, "only 1 is served: say 'repetition_penalty'"),
            new Field("skip_special_tokens", TRUE, "only true is served"),
            new Field("spaces_between_special_tokens", BOOLEAN, "must be a boolean"),
            new Field("use_beam_search", FALSE, "only false is served"),
            new Field("length_penalty", NUMBER, "must be a number"),
            new Field("early_stopping", FALSE, "only false is served"),
            new Field("truncate_prompt_tokens", NOTHING, ABSENT),
            new Field("prompt_logprobs", NOTHING, ABSENT),
            new Field("bad_words", EMPTY, ABSENT),
            new Field("allowed_token_ids", EMPTY, ABSENT),
            new Field("logits_processors", EMPTY, ABSENT),
            new Field("return_tokens_as_token_ids", FALSE, "only false is served"),
            new Field("return_token_ids", FALSE, "only false is served"),
            new Field("priority", INTEGER, "must be an integer"),
            new Field("request_id", STRING, "must be a string"),
            new Field("typical_p", ONE, "only 1 is served"),
            new Field("mirostat", ZERO, "only 0 is served"),
            new Field("cache_prompt", BOOLEAN, "must be a boolean"),
            new Field("id_slot", INTEGER, "must be an integer"),
            new Field("timings_per_token", BOOLEAN, "must be a boolean"));

    private static final Map<Api, List<Field>> SPECIAL = Map.of(
            Api.CHAT,
            List.of(
                    new Field("metadata", OBJECT, "must be an object"),
                    new Field("store", FALSE, "only false is served: nothing is stored for later training or review"),
                    new Field("functions", EMPTY, "is not served: leave it out, or set 'function_call' to \"none\""),
                    new Field("function_call", NONE, "only \"none\" and \"auto\" are served"),
                    new Field("modalities", TEXT_ONLY, "only [\"text\"] is served"),
                    new Field("audio", NOTHING, ABSENT),
                    new Field("web_search_options", NOTHING, ABSENT),
                    new Field("reasoning_effort", STRING, "must be a string"),
                    new Field("verbosity", STRING, "must be a string"),
                    new Field("include_reasoning", BOOLEAN, "must be a boolean"),
                    new Field("safety_identifier", STRING, "must be a string"),
                    new Field("prompt_cache_key", STRING, "must be a string"),
                    new Field("prompt_cache_retention", STRING, "must be a string"),
                    new Field("add_generation_prompt", TRUE, "only true is served"),
                    new Field("continue_final_message", FALSE, "only false is served"),
                    new Field("add_special_tokens", FALSE, "only false is served: the chat template adds them"),
                    new Field("echo", FALSE, "only false is served"),
                    new Field("documents", EMPTY, ABSENT),
                    new Field("chat_template", NOTHING, ABSENT),
                    new Field("chat_template_kwargs", OBJECT, "must be an object"),
                    new Field("mm_processor_kwargs", EMPTY, ABSENT)),
            Api.TEXT,
            List.of(
                    new Field("suffix", EMPTY_STRING, "is not served"),
                    new Field("add_special_tokens", TRUE, "only true is served")),
            Api.RESPONSES,
            List.of(
                    new Field("n", ONE, "only 1 is served: send one request for each answer"),
                    new Field("max_tool_calls", INTEGER, "must be an integer"),
                    new Field("reasoning", EFFORT_ONLY, "only 'effort' is served, which does nothing"),
                    new Field("truncation", DISABLED, "only \"disabled\" is served"),
                    new Field("prompt_cache_retention", STRING, "must be a string"),
                    new Field("prompt", NULLS, "is not served: send the text as 'input'"),
                    new Field(
                            "conversation",
                            NULLS,
                            "is not served: continue a conversation by 'previous_response_id'")));

    /** Under which choice functions are of no use: they are ignored then. */
    private static final Map<String, String> CHOICES = Map.of("functions", "function_call");

    private record Field(String name, NeutralValue neutral, String limit) {}

    private IgnoredParameters() {}

    /** @throws ApiException naming the first field that asks for something */
    static void check(Api api, Fields fields) {
        fields(api).forEach(field -> check(field, fields));
    }

    static List<String> names(Api api) {
        return fields(api).map(Field::name).toList();
    }

    private static Stream<Field> fields(Api api) {
        List<Field> open = api == Api.RESPONSES ? List.of() : OPEN_SERVERS;
        return Stream.of(COMMON, open, SPECIAL.getOrDefault(api, List.of())).flatMap(List::stream);
    }

    private static void check(Field field, Fields fields) {
        @Nullable JsonNode node = fields.node(field.name());
        if (node != null && !field.neutral().holds(node) && !isChosenNot(field.name(), node, fields)) {
            throw ApiException.unsupported(field.name(), "'" + field.name() + "' " + field.limit() + ".");
        }
    }

    private static boolean isChosenNot(String name, JsonNode node, Fields fields) {
        @Nullable String choice = CHOICES.get(name);
        @Nullable JsonNode chosen = choice == null ? null : fields.node(choice);
        return chosen != null && node.isArray() && chosen.asText().equals("none");
    }
}
