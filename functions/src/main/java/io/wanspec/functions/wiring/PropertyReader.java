package io.wanspec.functions.wiring;

import io.micronaut.core.value.PropertyResolver;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/** Reads single properties; a value that does not fit is an error which names the key. */
record PropertyReader(PropertyResolver resolver, String prefix) {
    PropertyReader under(String name) {
        return new PropertyReader(resolver, key(name));
    }

    String key(String name) {
        return prefix + "." + name;
    }

    Optional<String> text(String name) {
        return resolver.getProperty(key(name), String.class).map(String::strip).filter(s -> !s.isEmpty());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException(key(name) + " must be set"));
    }

    int integer(String name, int absent) {
        return parsed(name, "an integer", Integer::valueOf).orElse(absent);
    }

    OptionalInt optionalInteger(String name) {
        return parsed(name, "an integer", Integer::valueOf).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    OptionalDouble optionalNumber(String name) {
        return parsed(name, "a number", Double::valueOf).map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    boolean bool(String name, boolean absent) {
        return parsed(name, "true or false", PropertyReader::parseBoolean).orElse(absent);
    }

    /** Either ISO-8601 ({@code PT30S}) or a number with ms, s, m, h or d. */
    Duration duration(String name, Duration absent) {
        return parsed(name, "a duration such as 30s", PropertyReader::parseDuration)
                .orElse(absent);
    }

    Optional<URI> uri(String name) {
        return parsed(name, "an address", URI::create);
    }

    <T> Optional<T> parsed(String name, String expected, Function<String, T> parser) {
        return text(name).map(value -> {
            try {
                return parser.apply(value);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(key(name) + " must be " + expected + ", was '" + value + "'", e);
            }
        });
    }

    private static Boolean parseBoolean(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(value);
        };
    }

    private static Duration parseDuration(String value) {
        if (value.startsWith("P")) {
            return Duration.parse(value);
        }
        String unit = value.replaceAll("[0-9]", "");
        long count = Long.parseLong(value.substring(0, value.length() - unit.length()));
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> throw new IllegalArgumentException(value);
        };
    }
}
