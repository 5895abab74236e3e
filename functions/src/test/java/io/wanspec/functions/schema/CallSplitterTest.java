package io.wanspec.functions.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.schema.CallSplitter.Part;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However an answer comes in pieces, its text and calls are the same. */
final class CallSplitterTest {
    private static final String[] TEXTS = {"", "Hello", "a < b <tool_ca", "<", "<<tool_call", "1\n"};
    private static final String[] ARGUMENTS = {
        "{}",
        "{\"a\": 1}",
        "{\"a\": {\"b\": [\"}\", \"\\\\\"]}}",
        "{\"a\": \"\\\"}\\n</tool_call>\"}",
        "{\"é\": \"<tool_call>\"}"
    };

    @SeededTest(tries = 300)
    void piecesDoNotMatter(Random random) {
        StringBuilder answer = new StringBuilder(TEXTS[random.nextInt(TEXTS.length)]);
        String text = answer.toString();
        List<String> calls = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String arguments = ARGUMENTS[random.nextInt(ARGUMENTS.length)];
            answer.append(calls.isEmpty() ? "" : "\n");
            answer.append("<tool_call>\n{\"name\": \"f").append(i).append("\", \"arguments\": ");
            answer.append(arguments).append("}\n</tool_call>");
            calls.add("f" + i + arguments);
        }
        Read read = new Read();
        pieces(read, answer.toString(), random);
        assertThat(read.text).hasToString(text);
        assertThat(read.calls.stream().map(StringBuilder::toString)).isEqualTo(calls);
    }

    /** An answer that is cut off has what came. */
    @Test
    void cutOff() {
        Read read = new Read();
        read.take("x<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": \"b");
        read.end();
        assertThat(read.calls).singleElement().hasToString("f{\"a\": \"b");
        assertThat(read.splitter.hasCalled()).isFalse();

        Read begun = new Read();
        begun.take("x<tool_call>\n{\"na");
        begun.end();
        assertThat(begun.calls).isEmpty();
        assertThat(begun.text).hasToString("x");

        Read almost = new Read();
        almost.take("x<tool_c");
        almost.end();
        assertThat(almost.text).hasToString("x<tool_c");
    }

    /** A form of its own may have any words in it. */
    @SeededTest(tries = 100)
    void aFormedTextCallsAtFirstOnly(Random random) {
        String call = "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"a\": 1}}\n</tool_call>";
        for (String text :
                List.of("{\"a\": \"write <tool_call> first\"}", "\"" + call + "\"", "<", "<tool_cal", "<<tool_call>")) {
            Read read = new Read(CallSplitter.Where.AT_FIRST);
            pieces(read, text, random);
            assertThat(read.text).hasToString(text);
            assertThat(read.calls).isEmpty();
        }
        Read called = new Read(CallSplitter.Where.AT_FIRST);
        pieces(called, call, random);
        assertThat(called.text).isEmpty();
        assertThat(called.calls).singleElement().hasToString("f{\"a\": 1}");
        assertThat(called.splitter.hasCalled()).isTrue();
    }

    private static void pieces(Read read, String text, Random random) {
        int at = 0;
        while (at < text.length()) {
            int to = Math.min(text.length(), at + 1 + random.nextInt(9));
            read.take(text.substring(at, to));
            at = to;
        }
        read.end();
    }

    private static final class Read {
        private final CallSplitter splitter;
        private final StringBuilder text = new StringBuilder();
        private final List<StringBuilder> calls = new ArrayList<>();

        Read() {
            this(CallSplitter.Where.ANYWHERE);
        }

        Read(CallSplitter.Where where) {
            splitter = new CallSplitter(where);
        }

        void take(String piece) {
            splitter.take(piece).forEach(this::part);
        }

        void end() {
            splitter.end().forEach(this::part);
        }

        private void part(Part part) {
            switch (part) {
                case Part.Text(var more) -> text.append(more);
                case Part.Call(var index, var name) -> {
                    assertThat(index).isEqualTo(calls.size());
                    calls.add(new StringBuilder(name));
                }
                case Part.Arguments(var index, var more) -> calls.get(index).append(more);
            }
        }
    }
}
