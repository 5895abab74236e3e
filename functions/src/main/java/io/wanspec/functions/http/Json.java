package io.wanspec.functions.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** JSON of the API, read strictly: UTF-8 only, one object, no duplicate fields, bounded depth. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxNumberLength(64)
                            .maxStringLength(Limits.HTTP_BODY_BYTES_MAX)
                            .maxDocumentLength(Limits.HTTP_BODY_BYTES_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** @throws ApiException if the bytes are no JSON object */
    static ObjectNode parse(byte[] body) {
        if (body.length > Limits.HTTP_BODY_BYTES_MAX) {
            throw ApiException.tooLarge("The body exceeds " + Limits.HTTP_BODY_BYTES_MAX + " bytes. Send less text.");
        }
        try {
            JsonNode node = MAPPER.readTree(text(body));
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw ApiException.malformed("The body must be a JSON object, but is " + typeOf(node) + ".");
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw ApiException.malformed("The body is not valid JSON" + where + ". Check brackets, quotes and commas.");
        }
    }

    static String typeOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING -> "nothing";
            case NULL -> "null";
            case NUMBER -> node.isIntegralNumber() ? "an integer" : "a decimal number";
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING, BOOLEAN, BINARY, POJO ->
                "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiException.malformed("The body is not valid UTF-8. Encode it as UTF-8.");
        }
    }
}
