package io.wanspec.contracts.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.ProtocolVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The frames in the document are those of the code. */
class ProtocolDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "protocol.md");

    static List<Path> frames() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "golden", "frames"))) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void showsTheFrame(Path frame) throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .contains("\n" + Files.readString(frame).strip() + "\n");
    }

    @Test
    void namesTheVersion() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .startsWith("# The link protocol, version " + ProtocolVersion.CURRENT.number() + "\n");
    }
}
