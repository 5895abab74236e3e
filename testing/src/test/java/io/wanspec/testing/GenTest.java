package io.wanspec.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenTest {
    private static final int DRAWS = 500;

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 0", "5, 6", "0, 600", "-7, 3", "100, 100000", "-9, -3"})
    @CsvSource({"-9223372036854775808, 9223372036854775807", "0, 9223372036854775807", "-9223372036854775808, -2"})
    void rangesAreKeptAndTheirEndsAreDrawnOften(long low, long high) {
        Random random = new Random(1);
        Set<Long> drawn = new HashSet<>();
        for (int i = 0; i < DRAWS; i++) {
            drawn.add(Gen.between(random, low, high));
        }
        assertThat(drawn).allSatisfy(value -> assertThat(value).isBetween(low, high));
        assertThat(drawn).contains(low, high, low == high ? low : low + 1, low == high ? low : high - 1);
        if (low <= 0 && high >= 0) {
            assertThat(drawn).contains(0L);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "0.01, 1", "-1000, 1000", "0.3, 0.3"})
    void doublesHaveEndsToo(double low, double high) {
        Random random = new Random(1);
        Set<Double> drawn = new HashSet<>();
        for (int i = 0; i < DRAWS; i++) {
            drawn.add(Gen.between(random, low, high));
        }
        assertThat(drawn).allSatisfy(value -> assertThat(value).isBetween(low, high));
        assertThat(drawn).contains(low, high);
        if (low <= 1 && high >= 1) {
            assertThat(drawn).contains(1.0);
        }
    }

    /** Small ones and large ones, not the ends alone. */
    @SeededTest(tries = 20)
    void allSizesOccur(Random random) {
        Set<Integer> bits = IntStream.range(0, DRAWS)
                .map(_ -> Integer.SIZE - Integer.numberOfLeadingZeros(Gen.between(random, 0, Integer.MAX_VALUE)))
                .boxed()
                .collect(Collectors.toSet());
        assertThat(bits).hasSizeGreaterThan(25);
        Set<Integer> signs = IntStream.range(0, DRAWS)
                .map(_ -> Integer.signum(Gen.anyInt(random)))
                .boxed()
                .collect(Collectors.toSet());
        assertThat(signs).containsExactlyInAnyOrder(-1, 0, 1);
    }

    @SeededTest(tries = 20)
    void listsAndTextsAreEmptyOrFullNowAndThen(Random random) {
        Set<Integer> lists = new HashSet<>();
        Set<Integer> texts = new HashSet<>();
        for (int i = 0; i < DRAWS; i++) {
            lists.add(Gen.ints(random, 0, 30, () -> 7).length);
            texts.add(Gen.anyText(random, 40).length());
            assertThat(Gen.text(random, "ab", 1, 4)).matches("[ab]{1,4}");
        }
        assertThat(lists).contains(0, 30).allSatisfy(size -> assertThat(size).isBetween(0, 30));
        assertThat(texts).contains(0, 40).allSatisfy(size -> assertThat(size).isBetween(0, 40));
    }

    @SeededTest(tries = 20)
    void anyTextHasWhatIsHard(Random random) {
        String text =
                IntStream.range(0, DRAWS).mapToObj(_ -> Gen.anyText(random, 40)).collect(Collectors.joining("|"));
        assertThat(text).contains("\0", "\n", "<", "\ufffd");
        assertThat(text.codePoints()).as("half a pair").anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
        assertThat(text.codePoints()).as("beyond the first plane").anyMatch(c -> c > 0xFFFF);
    }
}
