package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.contracts.request.SpeculationFields;
import io.wanspec.functions.responses.InputMessage;
import io.wanspec.functions.responses.ResponseId;
import io.wanspec.functions.responses.ResponseOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** From a body to a checked request for a response. Every refusal names the field, the limit and the remedy. */
final class ResponseReader {
    /** Of names that an answer repeats. */
    private static final int NAME_LENGTH_MAX = 512;

    private final Speculation defaults;
    private final SpeculationReader speculation;

    ResponseReader(Speculation defaults) {
        this.defaults = defaults;
        speculation = new SpeculationReader(defaults);
    }

    /** @throws ApiException if the body is no request that can be served */
    ResponseRequest read(byte[] body) {
        Fields fields = new Fields(Json.parse(body), "");
        Optional<Fields> extension = fields.object(SpeculationFields.OBJECT);
        boolean stream = fields.bool("stream");
        boolean tokenIds = extension.isPresent() && extension.get().bool(SpeculationFields.INCLUDE_TOKEN_IDS);
        Speculation asked = extension.map(speculation::read).orElse(defaults);
        IgnoredParameters.check(Api.RESPONSES, fields);
        String model = fields.string("model").orElseThrow(() -> ApiException.missing("model"));
        StructureReader.Structure structure = StructureReader.read(Api.RESPONSES, fields);
        List<InputMessage> input = InputReader.read(fields);
        boolean storeAsked = fields.node("store") != null;
        ResponseOptions options = options(fields, !storeAsked || fields.bool("store"))
                .formed(structure.format(), calling(structure, fields));
        StreamOptions.read(fields, stream);
        var completion = new CompletionRequest(
                Api.RESPONSES,
                model,
                new PromptForm.Written(new Invocation.Tokenize(
                        ToolPrompt.with(structure.calls().tools(), ResponseRequest.chat(input)), null)),
                Choices.one(),
                options.maxOutputTokens(),
                options.temperature(),
                RequestReader.topK(fields),
                options.topP(),
                RulesReader.read(fields, options.maxOutputTokens(), structure.grammar()),
                RequestReader.seed(fields),
                List.of(),
                options.logprobs(),
                Optional.empty(),
                stream,
                StreamOptions.none(),
                asked,
                RequestReader.caller(Api.RESPONSES, fields),
                tokenIds,
                structure.callsBegin());
        fields.refuseOthers();
        options.maxOutputTokens().ifPresent(most -> LogprobsBound.check(completion, 0, most));
        return new ResponseRequest(completion, options, input, structure.calls().tools(), storeAsked);
    }

    /** What an answer that may call repeats. */
    private static @Nullable ObjectNode calling(StructureReader.Structure structure, Fields fields) {
        if (!structure.mayCall()) {
            return null;
        }
        ObjectNode calling = Json.object();
        calling.set("tools", fields.node("tools"));
        JsonNode choice = fields.node("tool_choice");
        calling.set("tool_choice", choice == null ? Json.tree("auto") : choice);
        return calling.put("parallel_tool_calls", structure.calls().callsMax() > 1);
    }

    private static ResponseOptions options(Fields fields, boolean stored) {
        boolean background = fields.bool("background");
        if (background && !stored) {
            throw ApiException.invalid(
                    "background",
                    "'background' needs the response to be stored. Leave 'store' out, or set it to true.");
        }
        OptionalInt most = fields.integer("max_output_tokens", 1, Limits.SEQUENCE_TOKENS_MAX);
        return new ResponseOptions(
                fields.string("instructions").map(text -> PromptReader.whole("instructions", text)),
                fields.string("previous_response_id").map(ResponseReader::previous),
                background,
                stored,
                metadata(fields),
                fields.number("temperature", 0, false, SamplingOptions.TEMPERATURE_MAX)
                        .orElse(1),
                fields.number("top_p", 0, false, 1).orElse(1),
                most,
                ResponseIncludes.logprobs(fields),
                name(fields, "user"),
                name(fields, "safety_identifier"),
                name(fields, "prompt_cache_key"),
                Optional.empty(),
                Optional.empty());
    }

    private static ResponseId previous(String id) {
        return ResponseId.find(id).orElseThrow(() -> ApiException.previousNotFound(id));
    }

    private static Optional<String> name(Fields fields, String field) {
        Optional<String> name = fields.string(field);
        if (name.isPresent() && name.get().length() > NAME_LENGTH_MAX) {
            throw ApiException.invalid(field, "'" + field + "' must have at most " + NAME_LENGTH_MAX + " characters.");
        }
        return name;
    }

    private static Map<String, String> metadata(Fields fields) {
        JsonNode metadata = fields.node("metadata");
        if (metadata == null) {
            return Map.of();
        }
        if (!metadata.isObject()) {
            throw ApiException.wrongType("metadata", "an object", Json.typeOf(metadata));
        }
        if (metadata.size() > ResponseOptions.METADATA_PAIRS_MAX) {
            throw ApiException.invalid(
                    "metadata",
                    "'metadata' takes at most " + ResponseOptions.METADATA_PAIRS_MAX + " pairs, got " + metadata.size()
                            + ".");
        }
        Map<String, String> read = new LinkedHashMap<>();
        metadata.properties().forEach(pair -> read.put(key(pair.getKey()), value(pair.getKey(), pair.getValue())));
        return read;
    }

    private static String key(String key) {
        if (key.length() > ResponseOptions.METADATA_KEY_LENGTH_MAX) {
            throw ApiException.invalid(
                    "metadata",
                    "A key of 'metadata' must have at most " + ResponseOptions.METADATA_KEY_LENGTH_MAX
                            + " characters, has " + key.length() + ".");
        }
        return key;
    }

    private static String value(String key, JsonNode value) {
        String path = "metadata." + key;
        if (!value.isTextual()) {
            throw ApiException.wrongType(path, "a string", Json.typeOf(value));
        }
        if (value.textValue().length() > ResponseOptions.METADATA_VALUE_LENGTH_MAX) {
            throw ApiException.invalid(
                    path,
                    "'" + path + "' must have at most " + ResponseOptions.METADATA_VALUE_LENGTH_MAX
                            + " characters, has " + value.textValue().length() + ".");
        }
        return value.textValue();
    }
}
