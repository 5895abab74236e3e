package io.wanspec.endpoints.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanspec.contracts.invoke.ChatMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptFileTest {
    @TempDir
    Path folder;

    @Test
    void oneLineIsOnePrompt() throws IOException {
        Path file = Files.writeString(folder.resolve("p"), "Grüß Gott\r\n\n  A ||| B ||| C  \n");
        assertThat(PromptFile.read(file))
                .containsExactly(
                        new Prompt(1, List.of(new ChatMessage("user", "Grüß Gott"))),
                        new Prompt(
                                3,
                                List.of(
                                        new ChatMessage("user", "A"),
                                        new ChatMessage("assistant", "B"),
                                        new ChatMessage("user", "C"))));
    }

    @Test
    void theHeldOutPromptsAreThoseOfTheDistillation() throws IOException {
        List<Prompt> heldOut = PromptFile.heldOut();
        assertThat(heldOut).hasSizeGreaterThan(100);
        assertThat(heldOut).isEqualTo(PromptFile.read(Path.of("../tools/distill/distill/data/heldout.txt")));
    }

    @Test
    void refusesWithTheLineTheLimitAndTheRemedy() throws IOException {
        refuse("", "holds no prompt; write one a line.");
        refuse("ok\nA ||| B\n", "line 2, is no prompt: a dialogue begins and ends with the user");
        refuse("ok\n\n" + "x".repeat(16_385), "line 3, has 16385 characters, at most 16384 are taken; shorten it.");
        refuse("x\n".repeat(10_001), "holds 10001 prompts, at most 10000 are taken; split it.");
        Path missing = folder.resolve("missing");
        refuse(missing, "missing does not exist; name a file with one prompt a line.");
        Path latin1 = Files.write(folder.resolve("latin1"), new byte[] {(byte) 0xe4, '\n'});
        refuse(latin1, "latin1 is not UTF-8; convert it.");
    }

    private void refuse(String text, String message) throws IOException {
        refuse(Files.writeString(folder.resolve("p"), text), message);
    }

    private static void refuse(Path file, String message) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> PromptFile.read(file))
                .withMessageStartingWith("--prompts: " + file.getParent())
                .withMessageContaining(message);
    }
}
