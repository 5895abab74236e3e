package io.wanspec.local.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.OptionalInt;

/** The line by which a server says that it listens, and where: a JSON object with {@code event: listening} and {@code port}. */
final class ListeningLine {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ListeningLine() {}

    /** The port, if {@code line} is such a line. */
    static OptionalInt port(String line) {
        if (!line.startsWith("{") || !line.contains("\"listening\"")) {
            return OptionalInt.empty();
        }
        try {
            JsonNode port = MAPPER.readTree(line).path("port");
            return port.canConvertToInt() ? OptionalInt.of(port.intValue()) : OptionalInt.empty();
        } catch (JsonProcessingException e) {
            return OptionalInt.empty();
        }
    }
}
