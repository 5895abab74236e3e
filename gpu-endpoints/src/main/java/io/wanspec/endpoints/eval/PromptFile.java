package io.wanspec.endpoints.eval;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prompts, one a line in UTF-8; blank lines are skipped. Every refusal names the file, the limit and the remedy. */
public final class PromptFile {
    static final int PROMPTS_MAX = 10_000;
    static final int LINE_LENGTH_MAX = 16_384;
    private static final long BYTES_MAX = 16L << 20;

    /** The prompts on which no draft of ours was trained; tools/distill has the one copy. */
    private static final String HELD_OUT = "heldout.txt";

    private PromptFile() {}

    /** @throws IOException in one sentence, if the file does not hold between 1 and {@value #PROMPTS_MAX} prompts */
    public static List<Prompt> read(Path file) throws IOException {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw refused(file.toString(), "has more than " + BYTES_MAX + " bytes; split it");
            }
            try (Reader in = Files.newBufferedReader(file)) {
                return read(file.toString(), in);
            }
        } catch (NoSuchFileException e) {
            throw refused(file.toString(), "does not exist; name a file with one prompt a line");
        } catch (CharacterCodingException e) {
            throw refused(file.toString(), "is not UTF-8; convert it");
        }
    }

    /** The held-out prompts that come with the program. */
    public static List<Prompt> heldOut() {
        try (InputStream in = PromptFile.class.getResourceAsStream(HELD_OUT)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + HELD_OUT);
            }
            return read(HELD_OUT, new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("the held-out prompts cannot be read", e);
        }
    }

    private static List<Prompt> read(String name, Reader in) throws IOException {
        List<Prompt> prompts = new ArrayList<>();
        int number = 0;
        for (String line : in.readAllLines()) {
            number++;
            if (!line.isBlank()) {
                prompts.add(prompt(name, number, line.strip()));
            }
        }
        if (prompts.isEmpty()) {
            throw refused(name, "holds no prompt; write one a line");
        }
        if (prompts.size() > PROMPTS_MAX) {
            throw refused(
                    name, "holds " + prompts.size() + " prompts, at most " + PROMPTS_MAX + " are taken; split it");
        }
        return List.copyOf(prompts);
    }

    private static Prompt prompt(String name, int number, String line) throws IOException {
        String where = name + ", line " + number + ",";
        if (line.length() > LINE_LENGTH_MAX) {
            throw refused(
                    where,
                    "has " + line.length() + " characters, at most " + LINE_LENGTH_MAX + " are taken; shorten it");
        }
        try {
            return Prompt.of(number, line);
        } catch (IllegalArgumentException e) {
            throw refused(where, "is no prompt: " + e.getMessage());
        }
    }

    private static IOException refused(String what, String why) {
        return new IOException("--prompts: " + what + " " + why + ".");
    }
}
