package io.wanspec.functions.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.SeenText;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The events follow from the text alone. Golden streams: write them anew with {@code -Dwanspec.golden=write}. */
final class EventSequenceTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/responses");
    private static final List<String> PIECES = List.of("The", " sky", "", " is", " b\"lu", "e \ud83d\ude00\n");

    private static final List<String> CALLS = List.of(
            "Look:\n<tool",
            "_call>\n{\"na",
            "me\": \"look\", \"arguments\": {\"a\"",
            ": [1]}}\n</tool_",
            "call>\n<tool_call>\n{\"name\": \"see\", \"arguments\": {",
            "\"b\": \"",
            "}\"}",
            "}\n</tool_call>",
            "");

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of("completed", Heads.plain(), PIECES, new TextEnd.Completed(7, 0)),
                Arguments.of("full-in-background", Heads.full(), PIECES, new TextEnd.Full(6, 0)),
                Arguments.of("failed", Heads.plain(), PIECES, new TextEnd.Failed(6, 0, "The model was lost.")),
                Arguments.of("failed-before-any-text", Heads.plain(), List.of(""), new TextEnd.Failed(1, 0, "Lost.")),
                Arguments.of("called", Heads.calling(), CALLS, new TextEnd.Completed(9, 0)),
                Arguments.of("called-and-cut-off", Heads.calling(), CALLS.subList(1, 6), new TextEnd.Full(5, 0)),
                Arguments.of("no-text", Heads.plain(), List.of(), new TextEnd.Completed(1, 0)),
                Arguments.of("cancelled", Heads.full(), List.of("The"), new TextEnd.Cancelled(1, 0)),
                Arguments.of("abandoned", Heads.plain(), List.of("The"), new TextEnd.Abandoned(1, 0, "Nobody asked.")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void golden(String name, ResponseHead head, List<String> pieces, TextEnd end) throws IOException {
        String stream = events(head, List.of(pieces), end).stream()
                .map(event -> new String(event.bytes(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());

        if ("write".equals(System.getProperty("wanspec.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(GOLDEN.resolve(name + ".txt"), stream);
        }
        assertThat(stream).isEqualTo(golden(name));
    }

    @SeededTest
    void anyCuttingGivesTheSameBytes(Random random) {
        ResponseHead head =
                List.of(Heads.plain(), Heads.full(), Heads.calling()).get(random.nextInt(3));
        List<String> pieces = random.nextBoolean() ? text(random) : CALLS;
        TextEnd end = end(random, pieces.size());

        List<NumberedEvent> whole = events(head, List.of(pieces), end);
        List<NumberedEvent> cut = events(head, cut(random, pieces), end);

        assertThat(bytes(cut)).isEqualTo(bytes(whole));
        assertThat(whole.stream().map(NumberedEvent::number))
                .isEqualTo(IntStream.range(0, whole.size()).boxed().toList());
        assertThat(whole.stream()
                        .map(event -> event.data().get("sequence_number").intValue()))
                .isEqualTo(whole.stream().map(NumberedEvent::number).toList());
    }

    @SeededTest(tries = 200)
    void theDeltasAreTheText(Random random) {
        List<String> pieces = text(random);
        List<NumberedEvent> events =
                events(Heads.plain(), cut(random, pieces), new TextEnd.Completed(pieces.size(), 0));

        String deltas = events.stream()
                .filter(event -> event.type().equals("response.output_text.delta"))
                .map(event -> event.data().get("delta").textValue())
                .collect(Collectors.joining());
        assertThat(deltas).isEqualTo(String.join("", pieces));
        assertThat(events.getLast()
                        .data()
                        .at("/response/output/0/content/0/text")
                        .textValue())
                .isEqualTo(deltas);
        assertThat(events.stream()
                        .filter(event -> event.type().endsWith("delta"))
                        .count())
                .isEqualTo(pieces.stream().filter(piece -> !piece.isEmpty()).count());
    }

    /** However they come: each delta has those of its own token, and of those before it that show nothing. */
    @SeededTest(tries = 200)
    void logProbabilitiesStandBesideTheirText(Random random) {
        List<String> pieces = text(random);
        List<List<TokenLogprobs>> told = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            told.add(List.of(new TokenLogprobs(Tokens.of(i, 7), List.of(-0.5f, -i * 1f), List.of("t" + i, "x"))));
        }
        SeenText all = new SeenText(pieces, told);
        EventSequence whole = new EventSequence(Heads.told());
        List<NumberedEvent> events = new ArrayList<>(whole.begin());
        events.addAll(whole.seen(all));
        events.addAll(whole.end(new TextEnd.Completed(pieces.size(), 0)));

        EventSequence cut = new EventSequence(Heads.told());
        List<NumberedEvent> again = new ArrayList<>(cut.begin());
        int from = 0;
        while (from < pieces.size()) {
            int to = from + Gen.between(random, 1, pieces.size() - from);
            again.addAll(cut.seen(new SeenText(pieces.subList(from, to), told.subList(from, to))));
            from = to;
        }
        again.addAll(cut.end(new TextEnd.Completed(pieces.size(), 0)));
        assertThat(bytes(again)).isEqualTo(bytes(events));

        JsonNode entries = events.getLast().data().at("/response/output/0/content/0/logprobs");
        assertThat(entries).hasSize(pieces.size());
        List<String> deltas = new ArrayList<>();
        events.stream()
                .filter(event -> event.type().endsWith("text.delta"))
                .forEach(event -> event.data().path("logprobs").forEach(entry -> deltas.add(entry.toString())));
        for (int i = 0; i < deltas.size(); i++) {
            assertThat(deltas.get(i)).isEqualTo(entries.get(i).toString());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void aStreamGoesOnBehindAnyEvent(String name, ResponseHead head, List<String> pieces, TextEnd end) {
        List<NumberedEvent> whole = events(head, List.of(pieces), end);
        for (int after = -1; after <= whole.size(); after++) {
            int seen = after;
            List<NumberedEvent> rest = events(head, List.of(pieces), end).stream()
                    .filter(event -> event.number() > seen)
                    .toList();
            assertThat(bytes(rest)).isEqualTo(bytes(whole.subList(Math.min(after + 1, whole.size()), whole.size())));
        }
    }

    private static List<NumberedEvent> events(ResponseHead head, List<List<String>> rounds, TextEnd end) {
        var sequence = new EventSequence(head);
        List<NumberedEvent> events = new ArrayList<>(sequence.begin());
        rounds.forEach(round -> events.addAll(sequence.seen(SeenText.of(round))));
        events.addAll(sequence.end(end));
        return events;
    }

    private static List<String> bytes(List<NumberedEvent> events) {
        return events.stream()
                .map(event -> new String(event.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> text(Random random) {
        return Gen.several(random, 0, 30, () -> Gen.anyText(random, 5)).toList();
    }

    private static List<List<String>> cut(Random random, List<String> pieces) {
        List<List<String>> rounds = new ArrayList<>();
        int from = 0;
        while (from < pieces.size()) {
            int to = from + Gen.between(random, 0, pieces.size() - from);
            rounds.add(pieces.subList(from, to));
            from = to;
        }
        return rounds;
    }

    private static TextEnd end(Random random, int tokens) {
        return switch (random.nextInt(5)) {
            case 0 -> new TextEnd.Completed(tokens, 0);
            case 1 -> new TextEnd.Full(tokens, 0);
            case 2 -> new TextEnd.Cancelled(tokens, 0);
            case 3 -> new TextEnd.Abandoned(tokens, 0, "abandoned");
            default -> new TextEnd.Failed(tokens, 0, "failed");
        };
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = EventSequenceTest.class.getResourceAsStream("/golden/responses/" + name + ".txt")) {
            Path written = GOLDEN.resolve(name + ".txt");
            return file == null || Files.exists(written)
                    ? Files.readString(written)
                    : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
