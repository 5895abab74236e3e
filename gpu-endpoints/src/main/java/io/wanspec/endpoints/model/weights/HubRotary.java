package io.wanspec.endpoints.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.endpoints.model.ModelLoadException;
import java.util.Set;

/**
 * What a {@code config.json} says about rotary positions: in transformers 5's spelling ({@code rope_parameters}, with the base
 * inside) or in the one before ({@code rope_scaling}, with the base beside it).
 *
 * @param theta base of the frequencies
 */
record HubRotary(double theta, RotaryScaling scaling) {
    private static final double THETA_DEFAULT = 10_000;
    private static final String PRESENT = "rope_parameters";
    private static final String FORMER = "rope_scaling";
    private static final String TYPE = "rope_type";
    private static final String FORMER_TYPE = "type";
    private static final String THETA = "rope_theta";
    private static final String PARTIAL = "partial_rotary_factor";
    private static final String ORIGINAL = "original_max_position_embeddings";
    private static final Set<String> PLAIN_FIELDS = Set.of(TYPE, FORMER_TYPE, THETA, PARTIAL);
    private static final Set<String> LLAMA3_FIELDS = Set.of("factor", "low_freq_factor", "high_freq_factor", ORIGINAL);

    /** @throws ModelLoadException that names what is not understood */
    static HubRotary read(JsonNode config) {
        RotaryScaling present = scaling(config, PRESENT);
        RotaryScaling former = scaling(config, FORMER);
        boolean both = !config.path(PRESENT).isEmpty() && !config.path(FORMER).isEmpty();
        if (both && !present.equals(former)) {
            throw Unsupported.contradiction(PRESENT, config.path(PRESENT), FORMER, config.path(FORMER));
        }
        String spelling = config.path(PRESENT).isEmpty() ? FORMER : PRESENT;
        JsonNode theta = agreed(config, spelling, THETA);
        return new HubRotary(
                isSet(theta) ? number(THETA, theta) : THETA_DEFAULT, spelling.equals(PRESENT) ? present : former);
    }

    private static RotaryScaling scaling(JsonNode config, String spelling) {
        JsonNode fields = config.path(spelling);
        if (isSet(fields) && !fields.isObject()) {
            throw Unsupported.value(spelling, fields, "an object or null");
        }
        return switch (type(fields, spelling)) {
            case "default" -> {
                checkNames(fields, spelling, Set.of());
                yield RotaryScaling.NONE;
            }
            case "llama3" -> {
                checkNames(fields, spelling, LLAMA3_FIELDS);
                yield llama3(config, spelling);
            }
            case "linear" -> {
                checkNames(fields, spelling, Set.of("factor"));
                yield linear(fields.path("factor"), spelling);
            }
            case String type -> throw Unsupported.value(spelling + "." + TYPE, type, "default or llama3");
        };
    }

    /** Positions divided by 1 are what they were. */
    private static RotaryScaling linear(JsonNode factor, String spelling) {
        if (number(spelling + ".factor", factor) != 1) {
            throw Unsupported.value(spelling + ".factor", factor, "1, or type default or llama3,");
        }
        return RotaryScaling.NONE;
    }

    private static RotaryScaling llama3(JsonNode config, String spelling) {
        JsonNode fields = config.path(spelling);
        return new RotaryScaling.Llama3(
                number(spelling + ".factor", fields.path("factor")),
                number(spelling + ".low_freq_factor", fields.path("low_freq_factor")),
                number(spelling + ".high_freq_factor", fields.path("high_freq_factor")),
                (int) number(spelling + "." + ORIGINAL, agreed(config, spelling, ORIGINAL)));
    }

    private static String type(JsonNode fields, String spelling) {
        JsonNode present = fields.path(TYPE);
        JsonNode former = fields.path(FORMER_TYPE);
        if (isSet(present) && isSet(former) && !present.equals(former)) {
            throw Unsupported.contradiction(spelling + "." + TYPE, present, spelling + "." + FORMER_TYPE, former);
        }
        JsonNode type = isSet(present) ? present : former;
        return isSet(type) ? type.asText() : "default";
    }

    /** Refuses fields that the type does not have: they must mean something. */
    private static void checkNames(JsonNode fields, String spelling, Set<String> ofType) {
        fields.properties().forEach(entry -> {
            String field = entry.getKey();
            if (isSet(entry.getValue()) && !PLAIN_FIELDS.contains(field) && !ofType.contains(field)) {
                throw Unsupported.field(spelling + "." + field, entry.getValue());
            }
        });
        JsonNode partial = fields.path(PARTIAL);
        if (isSet(partial) && partial.asDouble() != 1) {
            throw Unsupported.value(spelling + "." + PARTIAL, partial, "1");
        }
    }

    /** A field that may stand inside or beside the object; if in both places, with the same value. */
    private static JsonNode agreed(JsonNode config, String spelling, String field) {
        JsonNode inside = config.path(spelling).path(field);
        JsonNode beside = config.path(field);
        if (isSet(inside) && isSet(beside) && inside.asDouble() != beside.asDouble()) {
            throw Unsupported.contradiction(field, beside, spelling + "." + field, inside);
        }
        return isSet(inside) ? inside : beside;
    }

    private static boolean isSet(JsonNode json) {
        return !json.isMissingNode() && !json.isNull();
    }

    private static double number(String path, JsonNode json) {
        if (!json.isNumber()) {
            throw new ModelLoadException("config.json lacks the number " + path);
        }
        return json.asDouble();
    }
}
