package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextProgressTest {
    private final TextProgress progress = new TextProgress(3);

    @Test
    void theTextEndsWithItsLastToken() {
        progress.add(line(false, 4, 5));
        assertThat(progress.ended()).isFalse();
        progress.add(line(false, 6));
        assertThat(progress.ended()).isTrue();
    }

    @Test
    void orWhereTheModelEndsIt() {
        progress.add(line(true, 4));
        assertThat(progress.ended()).isTrue();
        progress.add(line(false, 5));
        assertThat(progress.ended()).as("for good").isTrue();
    }

    private static Reply.Generated line(boolean ended, int... tokens) {
        return new Reply.Generated(Tokens.of(tokens), List.of("a", "b").subList(0, tokens.length), ended, 1);
    }
}
