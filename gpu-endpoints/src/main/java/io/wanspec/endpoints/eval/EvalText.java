package io.wanspec.endpoints.eval;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The text that a target is judged by, UTF-8. Every refusal names the file, the limit and the remedy. */
public final class EvalText {
    private static final long BYTES_MAX = 1L << 20;

    private EvalText() {}

    /** @throws IOException in one sentence, if it is missing, empty, not UTF-8, or of more than {@value #BYTES_MAX} bytes */
    public static String read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw refused(file, "is a folder; name a file");
        }
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw refused(file, "has more than " + BYTES_MAX + " bytes; take a part of it");
            }
            String text = Files.readString(file);
            if (text.isBlank()) {
                throw refused(file, "holds no text; name one of some thousand words");
            }
            return text;
        } catch (NoSuchFileException e) {
            throw refused(file, "does not exist; name a file of plain text");
        } catch (CharacterCodingException e) {
            throw refused(file, "is not UTF-8; convert it");
        }
    }

    private static IOException refused(Path file, String why) {
        return new IOException("--text: " + file + " " + why + ".");
    }
}
