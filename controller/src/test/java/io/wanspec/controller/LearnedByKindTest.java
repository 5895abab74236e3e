package io.wanspec.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.grammar.Grammar;
import io.wanspec.controller.estimate.LoadSeen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which lessons a request begins with. */
class LearnedByKindTest {
    private static final LearnedEstimates GREEDY = learned(9, 0.7, 1);
    private static final LearnedEstimates WARM = learned(4, 0.4, 0.3);

    @ParameterizedTest
    @CsvSource({
        "0, GREEDY",
        "0.001, COOL",
        "0.5, COOL",
        "0.501, WARM",
        "0.8, WARM",
        "1, WARM",
        "1.001, HOT",
        "2, HOT",
    })
    void aKindIsABandOfTemperature(double temperature, RequestKind kind) {
        assertThat(RequestKind.of(new SamplingOptions(temperature, 0, 1, 7))).isEqualTo(kind);
        assertThat(RequestKind.of(new SamplingOptions(temperature, 5, 0.9, 8))).isEqualTo(kind);
    }

    @Test
    void aTextThatAGrammarBindsIsAnotherKind() {
        assertThat(RequestKind.of(sampling(0.8, Grammar.of("root ::= \"a\"")))).isEqualTo(RequestKind.WARM_BOUND);
        assertThat(RequestKind.of(sampling(0.8, null))).isEqualTo(RequestKind.WARM);
        assertThat(RequestKind.of(sampling(0, Grammar.of("root ::= \"a\"")))).isEqualTo(RequestKind.GREEDY_BOUND);
    }

    @ParameterizedTest
    @EnumSource
    void whereNothingWasLearnedNothingIsKnown(RequestKind kind) {
        assertThat(LearnedByKind.none().of(kind)).isEqualTo(LearnedEstimates.none());
    }

    @Test
    void eachKindHasItsOwnLessons() {
        LearnedByKind known =
                LearnedByKind.none().with(RequestKind.GREEDY, GREEDY).with(RequestKind.WARM, WARM);
        assertThat(known.of(RequestKind.GREEDY)).isEqualTo(GREEDY);
        assertThat(known.of(RequestKind.WARM)).isEqualTo(WARM);
    }

    /** Of two that are as much alike, the warmer one. */
    @ParameterizedTest
    @CsvSource({
        "COOL, WARM",
        "HOT, WARM",
        "GREEDY_BOUND, GREEDY",
        "COOL_BOUND, WARM",
        "WARM_BOUND, WARM",
        "HOT_BOUND, WARM"
    })
    void aKindWithoutLessonsBeginsWithThoseOfTheKindThatIsMostLikeIt(RequestKind kind, RequestKind alike) {
        LearnedByKind known =
                LearnedByKind.none().with(RequestKind.GREEDY, GREEDY).with(RequestKind.WARM, WARM);
        LearnedEstimates borrowed = known.of(kind);
        assertThat(borrowed.acceptance()).isEqualTo(known.of(alike).acceptance());
        assertThat(borrowed.priceFactor()).isEqualTo(known.of(alike).priceFactor());
        assertThat(borrowed.requests()).as("its own first request outweighs it").isZero();
        assertThat(LearnedByKind.none().with(RequestKind.HOT, WARM).of(kind).acceptance())
                .isEqualTo(WARM.acceptance());
    }

    /** A kind that has borrowed all that it knows gets no lessons of its own by a request that taught nothing. */
    @Test
    void whoLearnedNothingLeavesTheLoadAlone() {
        LoadSeen crowd = new LoadSeen(31, 0, 1e6, 1e8);
        LearnedByKind before = LearnedByKind.none().with(RequestKind.GREEDY, GREEDY);
        LearnedByKind after =
                before.with(RequestKind.WARM, before.of(RequestKind.WARM).with(crowd));
        assertThat(after.own()).isEqualTo(before.own());
        assertThat(after.of(RequestKind.GREEDY)).isEqualTo(GREEDY.with(crowd));
        assertThat(after.of(RequestKind.HOT).load()).isEqualTo(crowd);
    }

    @Test
    void overAllKindsTheOnesWithMoreRequestsSayMore() {
        LearnedByKind known =
                LearnedByKind.none().with(RequestKind.GREEDY, GREEDY).with(RequestKind.WARM, WARM);
        assertThat(known.acceptance()).isCloseTo((9 * 0.7 + 4 * 0.4) / 13, within(1e-12));
        assertThat(LearnedByKind.none().acceptance())
                .isEqualTo(LearnedEstimates.none().acceptance());
    }

    private static SamplingOptions sampling(double temperature, @Nullable Grammar grammar) {
        return new SamplingOptions(temperature, 0, 1, 0, SamplingRules.none(4).on(grammar));
    }

    private static LearnedEstimates learned(int requests, double acceptance, double priceFactor) {
        return new LearnedEstimates(requests, acceptance, 0.005, 1, priceFactor, 1, 1, 0, LoadSeen.nothing());
    }
}
