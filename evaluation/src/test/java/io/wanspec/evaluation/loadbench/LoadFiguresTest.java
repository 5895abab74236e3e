package io.wanspec.evaluation.loadbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.evaluation.demo.ChatRequest;
import io.wanspec.evaluation.passes.PassCount;
import io.wanspec.local.launch.CloudSettings;
import io.wanspec.local.launch.Pace;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LoadFiguresTest {
    private static final long MS = 1_000_000;
    private static final LoadPoint POINT = new LoadPoint(Mode.WANSPEC, 2);
    private static final Ledger KNOWN = ledger("abcdefgh", 1, 2, 3, 4);
    private static final KnownTexts TEXTS = new KnownTexts(List.of(KNOWN));

    private final PointFigures figures = new PointFigures(POINT, TEXTS, 1);

    @Test
    void percentiles_are_samples_by_nearest_rank() {
        List<Double> samples =
                IntStream.rangeClosed(1, 20).mapToObj(i -> 21.0 - i).toList();
        assertThat(Percentile.of(samples, 50)).hasValue(10);
        assertThat(Percentile.of(samples, 95)).hasValue(19);
        assertThat(Percentile.of(samples, 100)).hasValue(20);
        assertThat(Percentile.of(List.of(7.0), 50)).hasValue(7);
        assertThat(Percentile.of(List.of(7.0), 95)).hasValue(7);
        assertThat(Percentile.of(List.of(), 95)).isEmpty();
    }

    @Test
    void only_tokens_that_came_within_the_window_count() {
        // Asked before the window; three of four tokens came within it, as three quarters of the characters did.
        figures.add(window(100, 1_100), List.of(whole(0, KNOWN, 90, 2, 100, 4, 1_099, 2)), List.of());
        assertThat(figures.row().tokensPerSecond()).isCloseTo(3, within(1e-9));
        assertThat(figures.row().answers()).isEqualTo(1);
    }

    @Test
    void only_who_asks_within_the_window_waits() {
        figures.add(
                window(100, 1_100),
                List.of(
                        whole(99, KNOWN, 500, 8),
                        whole(100, KNOWN, 110, 8),
                        whole(1_099, KNOWN, 1_129, 8),
                        whole(1_100, KNOWN, 1_500, 8)),
                List.of());
        assertThat(figures.row().waits()).isEqualTo(2);
        assertThat(figures.row().ttftP50Ms()).hasValue(10);
        assertThat(figures.row().ttftP95Ms()).hasValue(30);
    }

    @Test
    void rounds_are_taken_together() {
        figures.add(window(0, 1_000), List.of(whole(0, KNOWN, 10, 8)), List.of());
        figures.add(
                window(5_000, 8_000), List.of(whole(5_000, KNOWN, 5_030, 8), whole(5_000, KNOWN, 5_050, 8)), List.of());
        assertThat(figures.row().tokensPerSecond()).isCloseTo(3, within(1e-9));
        assertThat(figures.row().ttftP50Ms()).hasValue(30);
        assertThat(figures.row().seconds()).isEqualTo(4);
    }

    @Test
    void what_was_slowed_down_is_told_in_its_own_times() {
        var slowed = new PointFigures(POINT, TEXTS, 2);
        slowed.add(window(0, 1_000), List.of(whole(0, KNOWN, 40, 8)), List.of());
        assertThat(slowed.row().tokensPerSecond()).isCloseTo(8, within(1e-9));
        assertThat(slowed.row().ttftP50Ms()).hasValue(20);
    }

    @Test
    void who_is_never_let_in_has_waited_all_the_same() {
        figures.add(
                window(0, 1_000),
                List.of(new Answered(question(32), arrivals(100), 3, new Answered.End.NotLetIn(1_600 * MS))),
                List.of());
        assertThat(figures.row().refused()).isEqualTo(3);
        assertThat(figures.row().failed()).isZero();
        assertThat(figures.row().ttftP95Ms()).hasValue(1_500);
    }

    @Test
    void failures_are_counted_by_their_reasons() {
        figures.add(window(0, 1_000), List.of(failed("a"), failed("b"), failed("b")), List.of());
        PointRow row = figures.row();
        assertThat(row.failed()).isEqualTo(3);
        assertThat(row.tokensPerSecond()).isZero();
        assertThat(LoadTable.failures(List.of(row)))
                .containsExactly("wanspec with 2 clients: 2 failed: b", "wanspec with 2 clients: 1 failed: a");
    }

    @Test
    void another_text_is_a_failure() {
        List<Ledger> others = List.of(
                ledger("abcdefgh", 1, 2, 3, 5),
                ledger("abcdef", 1, 2, 3),
                ledger("abcdefghi", 1, 2, 3, 4, 5),
                ledger("abcdefgi", 1, 2, 3, 4));
        figures.add(
                window(0, 1_000),
                others.stream().map(other -> whole(0, other, 10, 8)).toList(),
                List.of());
        assertThat(figures.row().failed()).isEqualTo(others.size());
        assertThat(figures.isIdentical()).isFalse();
        assertThat(figures.row().reasons())
                .containsKey("prompt 1, wanspec: the text is another one than an idle server's at token 3 of 4");
    }

    /** Its tokens were made for nobody, and what is fast for it is no measure of anything. */
    @Test
    void another_text_counts_no_token_and_fails_the_point() {
        figures.add(
                window(0, 1_000),
                List.of(whole(0, KNOWN, 10, 8), whole(0, ledger("abcdefgh", 1, 2, 3, 5), 10, 8), left("abxx")),
                List.of());
        assertThat(figures.row().tokensPerSecond()).isCloseTo(4, within(1e-9));
        assertThat(figures.row().valid()).isFalse();
        assertThat(LoadTable.lines(List.of(figures.row())))
                .anySatisfy(line -> assertThat(line).startsWith("  INVALID: a text was not"));
    }

    @Test
    void a_point_that_no_time_was_left_for_is_invalid() {
        figures.cutShort(List.of(whole(0, KNOWN, 10, 8), failed("a")));
        PointRow row = figures.row();
        assertThat(row.valid()).isFalse();
        assertThat(row.failed()).isOne();
        assertThat(row.waits()).isZero();
        assertThat(LoadTable.lines(List.of(row)))
                .anySatisfy(line -> assertThat(line).startsWith("  INVALID: no time was left"));
        figures.add(window(0, 1_000), List.of(whole(0, KNOWN, 10, 8)), List.of());
        assertThat(figures.row().valid()).isTrue();
        assertThat(figures.row().tokensPerSecond()).isCloseTo(4, within(1e-9));
    }

    @Test
    void half_of_what_was_planned_is_enough() {
        assertThat(window(0, 500).isMostOf(Duration.ofSeconds(1))).isTrue();
        assertThat(window(0, 499).isMostOf(Duration.ofSeconds(1))).isFalse();
    }

    /** Else the slowest of all would be left out of the figure that they are to be seen in. */
    @Test
    void who_has_heard_nothing_by_the_end_has_waited_until_then() {
        var end = new Answered.End.TooLate(2_000 * MS);
        figures.add(
                window(0, 1_000),
                List.of(
                        new Answered(question(32), arrivals(100), 0, end),
                        new Answered(question(32), arrivals(100, 130, 5), 0, end)),
                List.of());
        assertThat(figures.row().failed()).isEqualTo(2);
        assertThat(figures.row().waits()).isEqualTo(2);
        assertThat(figures.row().ttftP50Ms()).hasValue(30);
        assertThat(figures.row().ttftP95Ms()).hasValue(1_900);
        assertThat(figures.row().tokensPerSecond()).isZero();
    }

    @Test
    void a_shorter_answer_is_a_beginning() {
        Answered shorter =
                new Answered(question(2), arrivals(0, 10, 4), 0, new Answered.End.Whole(ledger("abcd", 1, 2), "abcd"));
        figures.add(window(0, 1_000), List.of(shorter), List.of());
        assertThat(figures.row().failed()).isZero();
        assertThat(figures.isIdentical()).isTrue();
    }

    @Test
    void what_is_streamed_is_what_the_ledger_has() {
        Answered garbled = new Answered(question(32), arrivals(0, 10, 8), 0, new Answered.End.Whole(KNOWN, "abcdefg"));
        figures.add(window(0, 1_000), List.of(garbled), List.of());
        assertThat(figures.row().failed()).isOne();
    }

    @Test
    void who_leaves_fails_only_with_another_text() {
        figures.add(window(0, 1_000), List.of(left("abcd"), left("abxx")), List.of());
        PointRow row = figures.row();
        assertThat(row.left()).isEqualTo(2);
        assertThat(row.failed()).isOne();
        assertThat(row.tokensPerSecond()).isCloseTo(2, within(1e-9));
    }

    @Test
    void too_many_passes_longer_than_the_pace_make_a_point_invalid() {
        figures.add(
                window(0, 1_000),
                List.of(),
                List.of(
                        new PassCount("target", 1, 990, 5, 1, 1),
                        new PassCount("target", 4, 10, 5, 1, 1),
                        new PassCount("remote-draft", 1, 100_000, 10, 1, 1)));
        assertThat(figures.row().overruns()).isEqualTo(0.01);
        assertThat(figures.row().valid()).isTrue();
        figures.add(window(0, 1_000), List.of(), List.of(new PassCount("target", 1, 10, 2, 1, 1)));
        assertThat(figures.row().valid()).isFalse();
        assertThat(LoadTable.lines(List.of(figures.row())))
                .anySatisfy(line -> assertThat(line).startsWith("  INVALID: 1.2 %"));
    }

    @Test
    void json_has_the_rows() throws Exception {
        figures.add(window(0, 1_000), List.of(whole(0, KNOWN, 10, 8), failed("a")), List.of());
        PointRow nobody = new PointFigures(new LoadPoint(Mode.TARGET_ONLY, 1), TEXTS, 1).row();
        JsonNode json = new JsonMapper()
                .readTree(LoadJson.of(
                        "./wanspec bench load",
                        settings(0),
                        new LoadBench.Outcome("none", 1, List.of(figures.row(), nobody), true)));
        JsonNode row = json.path("rows").get(0);
        assertThat(row.path("mode").asText()).isEqualTo("wanspec");
        assertThat(row.path("clients").asInt()).isEqualTo(2);
        assertThat(row.path("tokensPerSecond").asDouble()).isEqualTo(4);
        assertThat(row.path("ttftP50Ms").asDouble()).isEqualTo(10);
        assertThat(row.path("ttftP95Ms").asDouble()).isEqualTo(10);
        assertThat(row.path("failed").asInt()).isOne();
        assertThat(row.path("reasons").path("a").asInt()).isOne();
        assertThat(json.path("rows").get(1).path("ttftP95Ms").isNull()).isTrue();
    }

    @Test
    void first_answers_are_of_different_lengths_and_every_so_manieth_client_leaves() {
        var asking = new Asking(settings(0.25), Mode.COLOCATED, TEXTS);
        assertThat(IntStream.range(0, 4)
                        .mapToObj(client ->
                                asking.first(client, 4).question().request().maxTokens()))
                .containsExactly(8, 16, 24, 32);
        assertThat(IntStream.range(0, 8)
                        .mapToObj(_ -> asking.next().leaveBehind().orElse(-1)))
                .containsExactly(-1, -1, -1, 4, -1, -1, -1, 4);
        assertThat(asking.next().question().request().mode()).isEqualTo(Mode.COLOCATED);
    }

    private static LoadSettings settings(double leaving) {
        return new LoadSettings(
                List.of(2),
                List.of(Mode.WANSPEC),
                Duration.ofSeconds(1),
                1,
                leaving,
                List.of("Why?"),
                0,
                1,
                new CloudSettings(30, 0, 0, Pace.NONE, "t", "d"),
                1);
    }

    private static Window window(long beginMs, long endMs) {
        return new Window(beginMs * MS, endMs * MS);
    }

    /** @param parts a time in milliseconds and a number of characters, again and again */
    private static TextArrivals arrivals(long askedMs, long... parts) {
        return new TextArrivals(
                askedMs * MS,
                IntStream.range(0, parts.length / 2)
                        .mapToObj(i -> new TextArrivals.Part(parts[2 * i] * MS, (int) parts[2 * i + 1]))
                        .toList());
    }

    private static Answered whole(long askedMs, Ledger ledger, long... parts) {
        return new Answered(question(32), arrivals(askedMs, parts), 0, new Answered.End.Whole(ledger, ledger.text()));
    }

    private static Answered left(String text) {
        return new Answered(question(32), arrivals(0, 10, text.length()), 0, new Answered.End.Left(text));
    }

    private static Answered failed(String reason) {
        return new Answered(question(32), arrivals(0, 10, 5), 0, new Answered.End.Failed(reason));
    }

    private static Question question(int maxTokens) {
        return new Question(
                0, new ChatRequest("t", "Why?", maxTokens, 0, 1, OptionalLong.of(1), Speculation.defaults()));
    }

    private static Ledger ledger(String text, int... tokens) {
        return new Ledger(text, Tokens.of(tokens), tokens.length, 1, 0, 0, List.of(), List.of(), 0, 0, 1, 2);
    }
}
