package io.wanspec.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wanspec.contracts.Ints;
import io.wanspec.testing.SeededTest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceTest {
    private static final String HEADER = """
            {"format":"wanspec-trace","version":1,"target":"t","draft":"d","temperatures":[0.0],"maxTokens":64,\
            "targetPassMs":{"1":12.5,"4":14.0},"draftPassMs":{"1":2.0},"host":"unknown fields are no matter"}
            """;
    private static final String REQUEST = """
            {"prompt":3,"temperature":0.8,"seed":-5,"entropies":[10,900],"ranks":[0,8],"surprisals":[[1,7],[300]]}
            """;

    @SeededTest(tries = 300)
    void whatIsWrittenIsReadAgain(Random random) throws IOException {
        Trace trace = trace(random);
        StringBuilder text = new StringBuilder(TraceCodec.encode(trace.header()));
        for (TraceRequest request : trace.requests()) {
            text.append(random.nextInt(4) == 0 ? "\n \r\n" : "\n").append(TraceCodec.encode(request));
        }
        assertThat(TraceReader.read(new StringReader(text.toString()))).isEqualTo(trace);
    }

    @Test
    void filesAppearWhenTheyAreFinished(@TempDir Path folder) throws IOException {
        Trace trace = trace(new Random(1));
        Path file = folder.resolve("trace.jsonl");
        try (TraceWriter writer = TraceWriter.open(file)) {
            writer.write(trace.header());
            for (TraceRequest request : trace.requests()) {
                writer.write(request);
            }
            assertThat(file).doesNotExist();
            writer.finish();
        }
        assertThat(TraceReader.read(file)).isEqualTo(trace);
        try (TraceWriter abandoned = TraceWriter.open(file)) {
            abandoned.write(trace.header());
        }
        assertThat(TraceReader.read(file)).isEqualTo(trace);
        assertThat(folder.toFile().list()).containsExactly("trace.jsonl");
    }

    @Test
    void fieldsAreThoseOfTheDocumentation() throws IOException {
        Trace trace = TraceReader.read(new StringReader(HEADER + REQUEST));
        TraceHeader header = trace.header();
        assertThat(header.target()).isEqualTo("t");
        assertThat(header.targetPassMs().asMap()).isEqualTo(Map.of(1, 12.5, 4, 14.0));
        assertThat(trace.requests())
                .containsExactly(new TraceRequest(
                        3, 0.8, -5, Ints.of(10, 900), Ints.of(0, 8), List.of(Ints.of(1, 7), Ints.of(300))));
        assertThat(TraceCodec.encode(trace.requests().getFirst())).isEqualTo(REQUEST.strip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [0,8]          | [0,9]           | line 2: ranks[1] must be between 0 and 8, was 9
            [0,8]          | [0]             | line 2: entropies must have as many entries as ranks (1), has 2
            [0,8]          | [0,true]        | line 2: ranks[1]:
            [0,8]          | [0,0.5]         | line 2: ranks[1]:
            [0,8]          | ["0",8]         | line 2: ranks[0]:
            [10,900]       | [-1,900]        | line 2: entropies[0] must be between 0 and 1000000, was -1
            [10,900]       | 7               | line 2: entropies:
            [1,7]          | [7,1]           | line 2: surprisals[0][1] must be between 7 and 1000000, was 1
            [1,7]          | []              | line 2: surprisals[0] must have 1 to 8 entries, has 0
            [1,7]          | [1,2,3,4,5,6,7,8,9] | line 2: surprisals[0] must have 1 to 8 entries, has 9
            [1,7]          | null            | line 2: null where a value belongs
            "seed":-5,     | seed:1,         | line 2: no JSON object:
            "seed":-5,     | ``              | line 2: seed: missing
            "seed":-5      | "seed":1e40     | line 2: seed:
            0.8            | 2.5             | line 2: temperature must be between 0 and 2, was 2.5
            "prompt":3     | "prompt":-3     | line 2: prompt must be between 0 and 1000000, was -3
            "version":1    | "version":2     | line 1: version must be 1, was 2; record the trace anew with ./wanspec record
            wanspec-trace  | other           | line 1: format must be 'wanspec-trace', was 'other'
            "draft":"d"    | "draft":""      | line 1: the length of draft must be between 1 and 4096, was 0
            [0.0]          | []              | line 1: the number of temperatures must be between 1 and 100, was 0
            {"1":2.0}      | {}              | line 1: draftPassMs: pass times must have one for 1 token, have []
            {"1":2.0}      | {"1":0}         | line 1: draftPassMs: pass times must be above 0
            {"1":2.0}      | {"1":2,"66":3}  | line 1: draftPassMs: pass times must be for 1 to 65 tokens, has one for 66
            {"1":2.0}      | {"1":null}      | line 1: draftPassMs: pass times must be above 0
            {"1":2.0}      | {"one":2}       | line 1: draftPassMs: Cannot deserialize Map key
            """)
    void refusesWithLineAndField(String good, String bad, String message) {
        String text = (HEADER + REQUEST).replace(good, bad);
        assertThat(text).isNotEqualTo(HEADER + REQUEST);
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TraceReader.read(new StringReader(text)))
                .withMessageStartingWith(message);
    }

    @Test
    void refusesWhatIsNoTrace(@TempDir Path folder) throws IOException {
        refuse("", "line 1: there is no header");
        refuse(HEADER, "line 2: there is no request behind the header");
        refuse(HEADER + REQUEST + "oops", "line 3: no JSON object: ");
        refuse(HEADER + "[]", "line 2: ");
        refuse(HEADER + "null", "line 2: null instead of a JSON object");
        refuse(HEADER + REQUEST + REQUEST.strip() + "{}", "line 3: ");
        refuse(HEADER + " ".repeat(TraceCodec.LINE_LENGTH_MAX + 1), "line 2: longer than 2097152 characters");
        Path file = Files.write(folder.resolve("latin1"), new byte[] {'{', (byte) 0xe4, '}'});
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TraceReader.read(file))
                .withMessage("line 1: not UTF-8");
    }

    @Test
    void passTimesBetweenAndBeyondTheMeasuredOnes() {
        PassTable table = PassTable.of(Map.of(1, 10.0, 4, 13.0, 8, 21.0));
        assertThat(table.ms(1)).isEqualTo(10);
        assertThat(table.ms(2)).isEqualTo(11);
        assertThat(table.ms(4)).isEqualTo(13);
        assertThat(table.ms(6)).isEqualTo(17);
        assertThat(table.ms(8)).isEqualTo(21);
        assertThat(table.ms(10)).isEqualTo(25);
        assertThat(PassTable.of(Map.of(1, 3.0)).ms(7)).isEqualTo(3);
        assertThat(PassTable.of(Map.of(1, 3.0, 2, 2.9)).ms(50)).isEqualTo(2.9);
        assertThatIllegalArgumentException().isThrownBy(() -> table.ms(0));
    }

    private static void refuse(String text, String message) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TraceReader.read(new StringReader(text)))
                .withMessageStartingWith(message);
    }

    private static Trace trace(Random random) {
        PassTable target = PassTable.of(Map.of(1, 0.001 + random.nextDouble(), 16, 1 + 1e4 * random.nextDouble()));
        PassTable draft = PassTable.of(Map.of(1, 1e-9 + random.nextDouble()));
        TraceHeader header =
                TraceHeader.of("ziel \"ß\" 🎯", "d", List.of(0.0, 2 * random.nextDouble()), 64, target, draft);
        List<TraceRequest> requests = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            requests.add(request(random, i));
        }
        return new Trace(header, requests);
    }

    private static TraceRequest request(Random random, int prompt) {
        int tokens = 1 + random.nextInt(40);
        int[] entropies = random.ints(tokens, 0, 12_000).toArray();
        int[] ranks = random.ints(tokens, 0, 9).toArray();
        List<Ints> surprisals = IntStream.range(0, tokens)
                .mapToObj(i -> Ints.of(
                        sorted(random.ints(1 + random.nextInt(8), 0, 1_000_001).toArray())))
                .toList();
        return new TraceRequest(
                prompt, 2 * random.nextDouble(), random.nextLong(), Ints.of(entropies), Ints.of(ranks), surprisals);
    }

    private static int[] sorted(int[] values) {
        Arrays.sort(values);
        return values;
    }
}
