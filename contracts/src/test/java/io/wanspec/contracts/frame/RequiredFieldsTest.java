package io.wanspec.contracts.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A frame without one of its fields, at any depth, or with {@code null} there, is no frame; but caller and load need not be told. */
final class RequiredFieldsTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Shown for readers; it follows from the temperature. */
    private static final List<String> OPTIONAL = List.of("caller", "greedy", "load");

    static List<Path> frames() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "golden", "frames"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void eachFieldIsRequired(Path file) throws IOException {
        for (Spoilt spoilt : spoilt(MAPPER.readTree(Files.readAllBytes(file)))) {
            byte[] bytes = MAPPER.writeValueAsBytes(spoilt.frame());
            boolean draft = file.getFileName().toString().startsWith("draft-");
            if (OPTIONAL.contains(spoilt.field())) {
                assertThat(decode(draft, bytes)).as(spoilt.toString()).isNotNull();
            } else {
                assertThatThrownBy(() -> decode(draft, bytes))
                        .as(spoilt.toString())
                        .isInstanceOf(FrameException.class);
            }
        }
    }

    private static Object decode(boolean draft, byte[] bytes) {
        return draft ? FrameCodec.decodeDraft(bytes) : FrameCodec.decodeTarget(bytes);
    }

    private record Spoilt(String field, JsonNode frame) {}

    /** The frame once without each field, and once with {@code null} in it. */
    private static List<Spoilt> spoilt(JsonNode frame) {
        List<Spoilt> all = new ArrayList<>();
        for (String pointer : pointers(frame, "")) {
            String field = pointer.substring(pointer.lastIndexOf('/') + 1);
            String parent = pointer.substring(0, pointer.lastIndexOf('/'));
            JsonNode without = frame.deepCopy();
            ((ObjectNode) without.at(parent)).remove(field);
            all.add(new Spoilt(field, without));
            JsonNode withNull = frame.deepCopy();
            ((ObjectNode) withNull.at(parent)).putNull(field);
            all.add(new Spoilt(field, withNull));
        }
        return all;
    }

    private static List<String> pointers(JsonNode node, String at) {
        List<String> all = new ArrayList<>();
        for (var field : node.properties()) {
            all.add(at + "/" + field.getKey());
            all.addAll(pointers(field.getValue(), at + "/" + field.getKey()));
        }
        return all;
    }
}
