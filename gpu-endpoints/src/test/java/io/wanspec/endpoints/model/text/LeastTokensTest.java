package io.wanspec.endpoints.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.endpoints.tiny.TinyModel;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.text.Normalizer;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bound that is told by the length alone is never above what the tokenizer finds. */
final class LeastTokensTest {
    private static final String BYTES = "{'pre_tokenizer': {'type': 'ByteLevel'}%s}";

    private static @Nullable HubTextCodec loaded;

    @BeforeAll
    static void load() throws IOException {
        loaded = FolderTokenizer.read(TinyModel.writeTarget(Files.createTempDirectory("tiny"), 1))
                .codec();
    }

    @AfterAll
    static void close() {
        codec().close();
    }

    private static HubTextCodec codec() {
        return Objects.requireNonNull(loaded);
    }

    private static LeastTokens of(String json, String... more) {
        List<String> tokens = Stream.concat(
                        IntStream.range(0, 256).mapToObj(value -> String.valueOf(ByteLevel.standIn(value))),
                        Stream.of(more))
                .toList();
        var vocabulary = new Vocabulary(tokens, Set.of(), Set.of());
        return LeastTokens.of(new TokenizerFiles(vocabulary, json.replace('\'', '"'), "", "", "", false));
    }

    @SeededTest
    void neverMoreThanThereAre(Random random) {
        String text = new String(
                (Gen.anyText(random, 60) + " ".repeat(random.nextInt(90)) + "\n".repeat(random.nextInt(9)))
                        .getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8);
        List<ChatMessage> messages = List.of(new ChatMessage("user", text), new ChatMessage("user", "x"));

        assertThat(codec().encodedAtLeast(text))
                .isLessThanOrEqualTo(codec().encode(text).size());
        assertThat(codec().renderedAtLeast(messages))
                .isLessThanOrEqualTo(codec().render(messages).size());
    }

    @Test
    void theLongestTokenIsTheMeasure() {
        LeastTokens least = of(BYTES.formatted(""), "\u0120\u0120\u0120\u0120\u0120");

        assertThat(least.of(letters(4_600_000))).isEqualTo(920_000);
        assertThat(of(BYTES.formatted(", 'normalizer': null")).of(letters(7))).isEqualTo(7);
    }

    /** Added tokens are kept as text, of which a character may have three bytes. */
    @Test
    void anAddedTokenHasMoreBytesThanCharacters() {
        String added = "\u4f60\u597d\u4f60\u597d";

        String json = BYTES.formatted(", 'added_tokens': [{'content': '" + added + "'}]");

        assertThat(of(json, added).of(Stream.of(added.repeat(5)))).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", 'normalizer': {'type': 'Strip'}",
                ", 'normalizer': {'type': 'Sequence', 'normalizers': [{'type': 'NFC'}]}",
                ", 'normalizer': {'type': 'Replace'}"
            })
    void whatMayVanishIsNotCounted(String normalizer) {
        assertThat(of(BYTES.formatted(normalizer)).of(letters(1_000_000))).isZero();
    }

    @Test
    void whatIsSplitOffAndRemovedIsNotCounted() {
        String json = "{'pre_tokenizer': {'type': 'Sequence', 'pretokenizers': [{'type': 'Split', 'behavior': '%s'},"
                + " {'type': 'ByteLevel'}]}}";

        assertThat(of(json.formatted("Removed")).of(letters(100))).isZero();
        assertThat(of(json.formatted("Isolated")).of(letters(100))).isEqualTo(100);
    }

    /** Every character that composition can make, from the longest form of each of its parts. */
    @Test
    void compositionMakesFourBytesOneAtMost() {
        int[] longest = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .map(c -> utf8(Character.toString(c)))
                .toArray();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (!isSurrogate(c)) {
                String same = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
                if (same.codePointCount(0, same.length()) == 1) {
                    int part = same.codePointAt(0);
                    longest[part] = Math.max(longest[part], utf8(Character.toString(c)));
                }
            }
        }
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (!isSurrogate(c)) {
                String parts = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
                int before = parts.codePoints().map(part -> longest[part]).sum();
                int after = utf8(Normalizer.normalize(parts, Normalizer.Form.NFC));

                assertThat(before)
                        .as("U+%04X", c)
                        .isLessThanOrEqualTo(4 * after)
                        .isGreaterThanOrEqualTo(utf8(Character.toString(c)));
            }
        }
        assertThat(of(BYTES.formatted(", 'normalizer': {'type': 'NFC'}")).of(letters(400)))
                .isEqualTo(100);
    }

    /** Some vocabularies have no token for some control characters: those are no part of any. */
    @Test
    void bytesThatNoTokenStandsForAreNotCounted() {
        assertThat(of(BYTES.formatted("")).of(Stream.of("a\u0004b"))).isEqualTo(3);
        var without = new Vocabulary(List.of("a", "b"), Set.of(), Set.of());
        var files = new TokenizerFiles(without, BYTES.formatted("").replace('\'', '"'), "", "", "", false);

        assertThat(LeastTokens.of(files).of(Stream.of("a\u0004b", "c"))).isEqualTo(2);
    }

    private static Stream<String> letters(int count) {
        return Stream.of("a".repeat(count));
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
