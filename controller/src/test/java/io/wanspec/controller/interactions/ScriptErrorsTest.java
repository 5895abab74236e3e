package io.wanspec.controller.interactions;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A script that is wrong says where, and is never taken for one that passes. */
class ScriptErrorsTest {
    private static final String HEAD = """
            # Two tokens, decoded plainly.
            prompt: why is the sky
            max tokens: 2
            policy: plain decoding
            0ms started
                open target with "..."
            30ms target ready
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "40ms target redy; 8; the target does no such thing: redy",
                "40ms worker remote drafted behind \"blue\": sky; 8; expected ...",
                "40ms woken up; 8; nothing reads: up",
                "40ms target verified round 7: blue; 8; the controller never asked for round 7",
                "40 target ready; 8; neither prose",
                "max tokens: 3; 8; neither prose",
                "20ms woken; 8; times never decrease",
                "9000ms client gone; 8; a wake-up is due before, at 5030ms",
                "40ms woken; 8; the script is unfinished",
            })
    void saysWhere(String lastLine, int number, String message) {
        assertThatThrownBy(() -> Interaction.transcript("file.txt", HEAD + lastLine + "\n"))
                .isInstanceOf(BadScript.class)
                .hasMessageStartingWith("file.txt:" + number + ": ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "colour: blue; no setting is called colour",
                "policy: chance; expected remote chains",
                "worker: remote in the draft region, round trip 30; expected ms",
                "max tokens: 3 or 4; nothing reads: or 4",
                "    open target with \"...\"; neither prose",
            })
    void settingsAsWell(String line, String message) {
        assertThatThrownBy(() -> Interaction.transcript("file.txt", line + "\n"))
                .isInstanceOf(BadScript.class)
                .hasMessageStartingWith("file.txt:1: ")
                .hasMessageContaining(message);
    }
}
