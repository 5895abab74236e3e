package io.wanspec.contracts.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.ledger.Ledger;
import java.util.List;
import java.util.Optional;

/** Events of timelines to lines of JSON, and back. Who reads passes over what it does not know: the writer may be newer. */
public final class TimelineCodec {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE)
            .build();

    /** A ledger's fields are the same wherever it is shown. */
    private static final JsonMapper LEDGERS = new JsonMapper();

    private TimelineCodec() {}

    /** One line, without its end. */
    public static String encode(TimelineEvent event) {
        try {
            return MAPPER.writerFor(TimelineEvent.class).writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event could not be written", e);
        }
    }

    /** Empty where the line is no event that is known here. */
    public static Optional<TimelineEvent> decode(String line) {
        try {
            return Optional.ofNullable(MAPPER.readValue(line, TimelineEvent.class));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The events among some lines. */
    public static List<TimelineEvent> decodeAll(String lines) {
        return lines.lines()
                .map(TimelineCodec::decode)
                .flatMap(Optional::stream)
                .toList();
    }

    static JsonNode withoutText(Ledger ledger) {
        ObjectNode json = LEDGERS.valueToTree(ledger);
        json.remove(List.of("text", "tokenIds"));
        return json;
    }
}
