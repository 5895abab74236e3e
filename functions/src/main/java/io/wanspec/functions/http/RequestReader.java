package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.contracts.request.SpeculationFields;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** From a body to a checked request. Every refusal names the field, the limit and the remedy. */
final class RequestReader {
    private static final int TOP_K_MAX = 1_000_000;
    private static final SecureRandom SEEDS = new SecureRandom();

    private final Speculation defaults;
    private final SpeculationReader speculation;

    RequestReader(Speculation defaults) {
        this.defaults = defaults;
        speculation = new SpeculationReader(defaults);
    }

    /** @throws ApiException if the body is no request that can be served */
    CompletionRequest read(Api api, byte[] body) {
        Fields fields = new Fields(Json.parse(body), "");
        Optional<Fields> extension = fields.object(SpeculationFields.OBJECT);
        boolean stream = fields.bool("stream");
        boolean tokenIds = extension.isPresent() && extension.get().bool(SpeculationFields.INCLUDE_TOKEN_IDS);
        Speculation asked = extension.map(speculation::read).orElse(defaults);
        IgnoredParameters.check(api, fields);
        String model = fields.string("model").orElseThrow(() -> ApiException.missing("model"));
        StructureReader.Structure structure = StructureReader.read(api, fields);
        List<PromptForm> prompts =
                PromptReader.read(api, fields, structure.calls().tools());
        OptionalInt most = maxTokens(api, fields);
        var request = new CompletionRequest(
                api,
                model,
                prompts.getFirst(),
                ChoicesReader.read(api, fields, prompts, stream),
                most,
                fields.number("temperature", 0, false, SamplingOptions.TEMPERATURE_MAX)
                        .orElse(1),
                topK(fields),
                fields.number("top_p", 0, false, 1).orElse(1),
                RulesReader.read(fields, most, structure.grammar()),
                seed(fields),
                stop(fields),
                logprobs(api, fields),
                api == Api.CHAT ? PromptReader.prediction(fields) : Optional.empty(),
                stream,
                StreamOptions.read(fields, stream),
                asked,
                caller(api, fields),
                tokenIds,
                structure.callsBegin());
        fields.refuseOthers();
        most.ifPresent(tokens -> LogprobsBound.check(request, 0, tokens));
        return request;
    }

    private static OptionalInt maxTokens(Api api, Fields fields) {
        OptionalInt older = fields.integer("max_tokens", 1, Limits.SEQUENCE_TOKENS_MAX);
        if (api == Api.TEXT) {
            return older;
        }
        OptionalInt newer = fields.integer("max_completion_tokens", 1, Limits.SEQUENCE_TOKENS_MAX);
        return newer.isPresent() ? newer : older;
    }

    /** As in vLLM: 0 and -1 keep every token. */
    static int topK(Fields fields) {
        return Math.max(0, fields.integer("top_k", -1, TOP_K_MAX).orElse(0));
    }

    static long seed(Fields fields) {
        return fields.integer64("seed").orElseGet(RequestReader::drawSeed);
    }

    /** Half of the range, so that the seed survives a reader whose integers are doubles. */
    private static long drawSeed() {
        return SEEDS.nextLong(1L << 53);
    }

    /** Under OpenAI's older name, or under its newer one, which plain completions do not have. */
    static Optional<CallerId> caller(Api api, Fields fields) {
        Optional<String> newer = api == Api.TEXT ? Optional.empty() : fields.string("safety_identifier");
        return newer.or(() -> fields.string("user"))
                .filter(name -> !name.isEmpty())
                .map(CallerId::of);
    }

    /** Of a chat a switch and a number; of a plain text a number, 0 for the chosen tokens' alone. */
    private static OptionalInt logprobs(Api api, Fields fields) {
        if (api == Api.TEXT) {
            return fields.integer("logprobs", 0, Limits.LOGPROBS_MAX);
        }
        boolean wanted = fields.bool("logprobs");
        OptionalInt count = fields.integer("top_logprobs", 0, Limits.LOGPROBS_MAX);
        if (!wanted && count.orElse(0) > 0) {
            throw ApiException.invalid("top_logprobs", "'top_logprobs' is only allowed when 'logprobs' is true.");
        }
        return wanted ? OptionalInt.of(count.orElse(0)) : OptionalInt.empty();
    }

    private static List<String> stop(Fields fields) {
        JsonNode node = fields.node("stop");
        if (node == null) {
            return List.of();
        }
        List<String> stops = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(entry -> stops.add(stopString(entry)));
        } else {
            stops.add(stopString(node));
        }
        if (stops.size() > Limits.STOP_STRINGS_MAX) {
            throw ApiException.invalid(
                    "stop", "'stop' takes at most " + Limits.STOP_STRINGS_MAX + " strings, got " + stops.size() + ".");
        }
        return List.copyOf(stops);
    }

    private static String stopString(JsonNode node) {
        if (!node.isTextual()) {
            throw ApiException.wrongType("stop", "a string, or an array of strings", Json.typeOf(node));
        }
        String text = node.textValue();
        if (text.isEmpty() || text.length() > Limits.STOP_STRING_LENGTH_MAX) {
            throw ApiException.invalid(
                    "stop",
                    "A string of 'stop' must have 1 to " + Limits.STOP_STRING_LENGTH_MAX + " characters, has "
                            + text.length() + ".");
        }
        return text;
    }
}
