package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the parameters of a URL one by one, each with its type and bounds; what nobody asked for is unknown. */
final class QueryFields {
    /** Neither a plus nor another script's digits, which Java would read. */
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

    private final HttpRequest<?> request;
    private final Set<String> known = new HashSet<>();

    QueryFields(HttpRequest<?> request) {
        this.request = request;
    }

    Optional<String> string(String name) {
        known.add(name);
        return request.getParameters().getFirst(name);
    }

    boolean bool(String name) {
        String text = string(name).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw ApiException.wrongType(name, "true or false", "'" + ApiException.shown(text) + "'");
        }
        return text.equals("true");
    }

    OptionalInt integer(String name, int min, int max) {
        Optional<String> text = string(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int value = INTEGER.matcher(text.get()).matches() ? Integer.parseInt(text.get()) : min - 1;
            if (value >= min && value <= max) {
                return OptionalInt.of(value);
            }
        } catch (NumberFormatException notOne) {
            // Said below, as one that is out of bounds.
        }
        throw ApiException.invalid(
                name,
                "Invalid value for '" + name + "': must be an integer between " + min + " and " + max + ", was '"
                        + ApiException.shown(text.get()) + "'.");
    }

    /** A parameter that asks for nothing that is served. */
    void refuse(String name) {
        if (string(name).or(() -> string(name + "[]")).isPresent()) {
            throw ApiException.unsupported(name, "'" + name + "' is not served: leave it out.");
        }
    }

    void refuseOthers() {
        for (String name : request.getParameters().names()) {
            if (!known.contains(name)) {
                throw ApiException.unknown(ApiException.shown(name));
            }
        }
    }
}
