package io.wanspec.functions.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What API Gateway says of a request, as the Lambda Web Adapter hands it on: a header with the request's context, in which stands
 * what the authorizer answered. The adapter writes the header itself, over whatever a client may have sent under its name, so it
 * can be believed from the adapter and from nobody else: which is why it is read only where the settings say so, and only where
 * nobody but the adapter of the same machine can connect.
 */
public final class GatewayWord {
    public static final String HEADER = "x-amzn-request-context";
    private static final JsonMapper MAPPER = new JsonMapper();

    private GatewayWord() {}

    /** @param headers all of this name: of two, one could be a client's */
    static Optional<Caller> caller(List<String> headers) {
        if (headers.size() != 1) {
            return Optional.empty();
        }
        try {
            return CallerContext.read(texts(MAPPER.readTree(headers.getFirst()).path("authorizer")));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> texts(JsonNode authorizer) {
        Map<String, String> texts = new HashMap<>();
        authorizer
                .properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
