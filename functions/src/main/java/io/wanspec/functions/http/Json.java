package io.wanspec.functions.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** JSON of the API, read strictly: UTF-8 only, one object, no duplicate fields, bounded depth. */
final class Json {
    static final int NESTING_MAX = 32;

    /** So many that a wrong number is told from what is no number; reading more costs quadratic time. */
    static final int NUMBER_LENGTH_MAX = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // Names are the client's: they must not stay when the request is over.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(NESTING_MAX)
                            .maxNumberLength(NUMBER_LENGTH_MAX)
                            .maxNameLength(Limits.HTTP_BODY_BYTES_MAX)
                            .maxStringLength(Limits.HTTP_BODY_BYTES_MAX)
                            .maxDocumentLength(Limits.HTTP_BODY_BYTES_MAX)
                            .build())
                    .build())
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

    /** A string in quotes. */
    static String text(String value) {
        return MAPPER.getNodeFactory().textNode(value).toString();
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** @throws ApiException if the bytes are no JSON object */
    static ObjectNode parse(byte[] body) {
        if (body.length > Limits.HTTP_BODY_BYTES_MAX) {
            throw ApiException.tooLarge("The body exceeds " + Limits.HTTP_BODY_BYTES_MAX + " bytes. Send less text.");
        }
        String text = text(body);
        JsonNode node = tree(text);
        if (node instanceof ObjectNode object) {
            JsonFaults.refuseHalfCharacters(text);
            return object;
        }
        throw ApiException.malformed("The body must be a JSON object, but is " + typeOf(node) + ".");
    }

    private static JsonNode tree(String text) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            try {
                JsonNode node = MAPPER.readTree(parser);
                return node == null ? MAPPER.missingNode() : onlyOne(node, parser);
            } catch (JsonProcessingException e) {
                throw JsonFaults.of(e, parser);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode onlyOne(JsonNode node, JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw ApiException.malformed(
                    "The body is not valid JSON: something follows its first value. Send one object.");
        }
        return node;
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
