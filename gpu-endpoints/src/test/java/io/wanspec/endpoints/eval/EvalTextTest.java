package io.wanspec.endpoints.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalTextTest {
    @TempDir
    Path folder;

    @Test
    void readsTheWholeText() throws IOException {
        String most = "ab\n ".repeat(1 << 18);
        assertThat(EvalText.read(Files.writeString(folder.resolve("t"), most))).isEqualTo(most);
    }

    @Test
    void refusesWhatIsNoTextOfItsSize() throws IOException {
        refused(folder.resolve("none"), "does not exist; name a file of plain text.");
        refused(folder, "is a folder; name a file.");
        refused(Files.writeString(folder.resolve("blank"), " \n"), "holds no text; name one of some thousand words.");
        refused(
                Files.write(folder.resolve("latin"), "Grüße".getBytes(StandardCharsets.ISO_8859_1)),
                "is not UTF-8; convert it.");
        refused(
                Files.writeString(folder.resolve("large"), "x".repeat((1 << 20) + 1)),
                "has more than 1048576 bytes; take a part of it.");
    }

    private static void refused(Path file, String why) {
        assertThatIOException().isThrownBy(() -> EvalText.read(file)).withMessage("--text: " + file + " " + why);
    }
}
