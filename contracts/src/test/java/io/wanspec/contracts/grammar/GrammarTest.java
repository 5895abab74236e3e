package io.wanspec.contracts.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.Limits;
import io.wanspec.testing.SeededTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GrammarTest {
    private static final List<byte[]> BYTES =
            IntStream.range(0, 256).mapToObj(value -> new byte[] {(byte) value}).toList();

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "root ::= x~every rule that it names: x is missing",
                "a ::= \"b\"~must have the rule root",
                "root ::= \"a~a closing quote or bracket is missing",
                "root ::= [a~a closing quote or bracket is missing",
                "root ::= (\"a\"~')' is expected",
                "root ::= \"a\" )~the line's end' is expected",
                "root ::= \"\\q\"~there is no escape \\q",
                "root ::= \"\\x4\"~two hexadecimal digits",
                "root ::= [b-a]~must not end before it begins",
                "root ::= \"a\"{3,2}~must not be below its first",
                "root ::= \"a\"{x}~a number from 0 to",
                "root := \"a\"~'::=' is expected",
                "root ::= root \"a\" | \"b\"~begins with itself",
                "root ::= \"a\"? root~begins with itself",
                "root ::= \"a\" root~none that ends",
                "root ::= (\"a\"{100}){300}~at most 20000 states",
                "root ::= $~name, literal, class or group is expected",
            })
    void faultsAreNamed(String text, String message) {
        assertThatThrownBy(() -> Grammar.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatIsTooLongOrTooDeepIsRefused() {
        assertThatThrownBy(() -> Grammar.of("root ::= \"" + "a".repeat(Limits.GRAMMAR_LENGTH_MAX) + "\""))
                .hasMessageContaining("at most 32768 characters");
        assertThatThrownBy(() -> Grammar.of("root ::= " + "(".repeat(65) + "\"a\"" + ")".repeat(65)))
                .hasMessageContaining("deeper than 64");
        assertThatThrownBy(() -> Grammar.of("root ::= \"a\"\nroot ::= \"b\"")).hasMessageContaining("stands twice");
    }

    /** Many rules that call each other are no work without end. */
    @Test
    void longChainsAreRead() {
        StringBuilder text = new StringBuilder("root ::= \"x\" a0\n");
        for (int i = 0; i < 1_000; i++) {
            text.append("a").append(i).append(" ::= a").append(i + 1).append(" | \"y\"\n");
        }
        text.append("a1000 ::= \"z\"");
        GrammarText read = new Grammars(MaskTwinTest.trie(BYTES)).text(Grammar.of(text.toString()));
        assertThat(append(read, "xz")).isTrue();
        assertThat(read.mayEnd()).isTrue();
    }

    @Test
    void theSameWordsAreTheSameGrammar() {
        assertThat(Grammar.of("root ::= \"a\""))
                .isEqualTo(Grammar.of("root ::= \"a\""))
                .hasToString("root ::= \"a\"");
        assertThat(Grammar.of("root ::= \"a\"")).isNotEqualTo(Grammar.of("root ::= \"b\""));
    }

    /** Every character is in a set or in what the set leaves, and what is no UTF-8 in neither. */
    @SeededTest(tries = 60)
    void aSetAndItsComplementShareTheCharacters(Random random) {
        String set = "b-d" + Character.toString(0x80 + random.nextInt(0x900)) + "-"
                + Character.toString(0xE000 + random.nextInt(0x1FFF))
                + Character.toString(0x10000 + random.nextInt(0xFFFFF));
        var grammars = new Grammars(MaskTwinTest.trie(BYTES));
        GrammarText in = grammars.text(Grammar.of("root ::= [" + set + "]"));
        GrammarText out = grammars.text(Grammar.of("root ::= [^" + set + "]"));
        for (int i = 0; i < 200; i++) {
            int character = random.nextInt(random.nextBoolean() ? 0x3000 : Character.MAX_CODE_POINT + 1);
            boolean half = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
            String text = half ? "b" : Character.toString(character);
            int first = text.codePointAt(0);
            boolean isIn = (first >= 'b' && first <= 'd')
                    || (first >= set.codePointAt(3) && first <= set.codePointAt(5))
                    || first == set.codePointAt(6);
            assertThat(append(in, text) && in.mayEnd()).as(text).isEqualTo(isIn);
            assertThat(append(out, text) && out.mayEnd()).as(text).isEqualTo(!isIn);
            in.truncate(0);
            out.truncate(0);
        }
        for (int[] wrong : List.of(
                new int[] {0x80},
                new int[] {0xC0, 0x80},
                new int[] {0xC1},
                new int[] {0xE0, 0x9F},
                new int[] {0xED, 0xA0},
                new int[] {0xF0, 0x8F},
                new int[] {0xF4, 0x90},
                new int[] {0xF5},
                new int[] {0xFF})) {
            assertThat(appendBytes(in, wrong)).isFalse();
            assertThat(appendBytes(out, wrong)).isFalse();
            in.truncate(0);
            out.truncate(0);
        }
    }

    /** Rules within rules: whatever is begun can be ended, and what is deeper is not begun. */
    @Test
    void depthIsBoundedAndNeverAnEndWithoutEnd() {
        var grammars = new Grammars(MaskTwinTest.trie(BYTES));
        GrammarText read =
                grammars.text(Grammar.of("root ::= \"[\" a b \"]\"\na ::= \"a\" root? \"z\"\nb ::= root | \"n\""));
        int opened = 0;
        while (read.mask().allows('[') || read.mask().allows('a')) {
            read.append(read.mask().allows('[') ? '[' : 'a');
            assertThat(opened++).isLessThan(1_000);
        }
        assertThat(opened).isGreaterThan(60);
        int closing = 0;
        while (!read.mayEnd()) {
            int token = IntStream.of(']', 'z', 'n')
                    .filter(read.mask()::allows)
                    .findFirst()
                    .orElseThrow();
            read.append(token);
            assertThat(closing++).isLessThan(1_000);
        }
    }

    /** A call at a rule's end goes no deeper: right-hand recursion is a loop. */
    @Test
    void aChainOfLastCallsMayBeLong() {
        GrammarText read = new Grammars(MaskTwinTest.trie(BYTES)).text(Grammar.of("root ::= \"a\" root | \"b\""));
        assertThat(append(read, "a".repeat(5_000) + "b")).isTrue();
        assertThat(read.mayEnd()).isTrue();
    }

    /** However many states there are to be passed without a byte, what follows them is found. */
    @Test
    void manyThatMayBeLeftOut() {
        String optional = " r?".repeat(2_000);
        var grammars = new Grammars(MaskTwinTest.trie(BYTES));
        GrammarText read = grammars.text(Grammar.of("root ::= \"{\"" + optional + " \"}\"\nr ::= \"ab\" | \"cd\""));
        assertThat(append(read, "{")).isTrue();
        assertThat(read.mask().allows('}')).isTrue();
        assertThat(read.mask().allows('a')).isTrue();
        assertThat(append(read, "abcd}")).isTrue();
        assertThat(read.mayEnd()).isTrue();
    }

    /** A vocabulary that lacks a byte leaves out what only that byte could end. */
    @Test
    void whatCannotBeWrittenIsNotBegun() {
        List<byte[]> letters = new ArrayList<>(BYTES.subList(0, 128));
        letters.add(new byte[] {(byte) 0xC3});
        var grammars = new Grammars(MaskTwinTest.trie(letters));
        assertThat(grammars.canWrite(Grammar.of("root ::= \"é\""))).isFalse();
        GrammarText read = grammars.text(Grammar.of("root ::= \"xé\" | \"xa\""));
        assertThat(read.mask().first()).isEqualTo('x');
        read.append('x');
        assertThat(read.mask().count()).isOne();
        assertThat(read.mask().first()).isEqualTo('a');
    }

    /** Grammars and what is found out of them have a bound each. */
    @Test
    void whatIsKeptIsBounded() {
        var grammars = new Grammars(MaskTwinTest.trie(BYTES), 50_000);
        for (int i = 0; i < 3 * Grammars.GRAMMARS_MAX; i++) {
            GrammarText read = grammars.text(Grammar.of("root ::= \"" + i + "\" [a-z]{40}"));
            assertThat(append(read, i + "abcdefgh")).isTrue();
            assertThat(grammars.memoBytes()).isLessThanOrEqualTo(50_000);
            assertThat(read.mask().count()).isEqualTo(26);
        }
        assertThat(grammars.size()).isEqualTo(Grammars.GRAMMARS_MAX);
    }

    private static boolean append(GrammarText read, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return appendBytes(
                read, IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xFF).toArray());
    }

    private static boolean appendBytes(GrammarText read, int[] bytes) {
        for (int value : bytes) {
            read.append(value);
        }
        return !read.isNowhere();
    }
}
