package io.wanspec.simulator.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.stream.Collectors;

/** One line of a trace to JSON and back. Unknown fields are ignored, so that recorders may add some. */
final class TraceCodec {
    /** Longest line, in characters: more than {@link TraceRequest#TOKENS_MAX} tokens can take. */
    static final int LINE_LENGTH_MAX = 2 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxStringLength(64 * 1024)
                            .maxNumberLength(32)
                            .maxDocumentLength(LINE_LENGTH_MAX)
                            .build())
                    .build())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TraceCodec() {}

    static String encode(TraceHeader header) {
        return write(header);
    }

    static String encode(TraceRequest request) {
        return write(request);
    }

    /** @param number of the line, from 1, for messages */
    static <T> T decode(Class<T> type, String line, int number) throws TraceException {
        try {
            T value = MAPPER.readValue(line, type);
            if (value == null) {
                throw TraceException.at(number, "null instead of a JSON object");
            }
            return value;
        } catch (JsonMappingException e) {
            throw TraceException.at(number, where(e) + why(e), e);
        } catch (JsonProcessingException e) {
            throw TraceException.at(number, "no JSON object: " + e.getOriginalMessage(), e);
        }
    }

    /** Of a record's own check, its words alone. */
    private static String why(JsonMappingException e) {
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return e.getCause() instanceof NullPointerException
                    ? "null where a value belongs"
                    : String.valueOf(e.getCause().getMessage());
        }
        String words = String.valueOf(e.getOriginalMessage());
        return words.startsWith("Missing creator property") ? "missing" : words;
    }

    private static String where(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "" : path.substring(path.startsWith(".") ? 1 : 0) + ": ";
    }

    private static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line could not be written: " + value.getClass(), e);
        }
    }
}
