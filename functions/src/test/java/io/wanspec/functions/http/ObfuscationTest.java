package io.wanspec.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.Stage;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sizes of chunks do not tell how much text they have, where that is asked for. */
final class ObfuscationTest {
    @SeededTest(tries = 100)
    void chunksOfUsualTextsAreAllOfOneSize(Random random) {
        ObjectNode chunk = Json.object().put("text", Gen.text(random, "abc \"\u00e9\n", 0, 300));
        assertThat(Json.bytes(Obfuscation.fill(chunk.deepCopy()))).hasSize(Obfuscation.CHUNK_BYTES);
        ObjectNode longer = Json.object().put("text", "w".repeat(random.nextInt(5_000)));
        assertThat(Json.bytes(Obfuscation.fill(longer)).length % Obfuscation.CHUNK_BYTES)
                .isZero();
    }

    @Test
    void aStreamHasChunksOfOneSizeAndTheSameText() throws Exception {
        try (Stage stage = new Stage(Map.of()).ready()) {
            List<String> plain = texts(stage, "");
            List<String> filled = texts(stage, ", \"stream_options\": {\"include_obfuscation\": true}");
            assertThat(plain).noneMatch(line -> line.contains("obfuscation"));
            assertThat(filled).hasSizeGreaterThan(2).allMatch(line -> line.contains("\"obfuscation\":\""));
            assertThat(filled.stream().map(String::length).distinct()).hasSize(1);
            assertThat(joined(filled)).isEqualTo(joined(plain));
        }
    }

    private static String joined(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(Json.parse(line.substring(6).getBytes(StandardCharsets.UTF_8))
                .at("/choices/0/delta/content")
                .asText()));
        return text.toString();
    }

    /** The chunks that have text. */
    private static List<String> texts(Stage stage, String more) throws Exception {
        String body = "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}],"
                + " \"max_tokens\": 40, \"seed\": 5, \"stream\": true" + more + "}";
        return stage.post("/v1/chat/completions", body)
                .body()
                .lines()
                .filter(line -> line.contains("\"content\":\" w"))
                .toList();
    }
}
