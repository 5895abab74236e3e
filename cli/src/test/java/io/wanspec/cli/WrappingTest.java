package io.wanspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WrappingTest {
    @Test
    void breaksBetweenWords() {
        assertThat(Wrapping.lines("one two three\nfour", 8)).containsExactly("one two", "three", "four");
        assertThat(Wrapping.lines("abcdefgh", 3)).containsExactly("abc", "def", "gh");
    }

    @SeededTest
    void noLineIsTooLongAndNoWordIsLost(Random random) {
        String text = Gen.text(random, "ab \n", 0, 200);
        int columns = 1 + random.nextInt(20);
        List<String> lines = Wrapping.lines(text, columns);
        assertThat(lines).allMatch(line -> line.length() <= columns);
        assertThat(String.join("", lines).replace(" ", ""))
                .isEqualTo(text.replace(" ", "").replace("\n", ""));
    }
}
