package io.wanspec.controller.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The transcripts say what the controller does. Write their actions anew with {@code -Dwanspec.golden=write}. */
class InteractionsTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/interactions");

    static List<Path> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void controllerDoesWhatTheTranscriptSays(Path file) throws IOException {
        String said = Files.readString(file);
        String done = Interaction.transcript(file.toString(), said);
        if ("write".equals(System.getProperty("wanspec.golden"))) {
            Files.writeString(file, done);
        } else {
            assertThat(done).as(file.toString()).isEqualTo(said);
        }
    }
}
