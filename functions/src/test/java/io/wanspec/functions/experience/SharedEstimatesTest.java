package io.wanspec.functions.experience;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.estimate.LoadSeen;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.TableModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Functions that learn from each other through a table. */
final class SharedEstimatesTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final TableModel table = new TableModel(clock);

    @Test
    void aNewFunctionKnowsWhatOthersLearned() {
        SharedEstimates first = function();
        learn(first, 8, 0.9);

        assertThat(function().of(Goal.FAST).requests()).isEqualTo(8);
        assertThat(function().of(Goal.FAST).acceptance()).isEqualTo(0.9);
        assertThat(function().of(Goal.ECONOMY)).isEqualTo(LearnedEstimates.none());
    }

    @Test
    void whatTwoLearnAtTheSameTimeAddsUp() {
        SharedEstimates one = function();
        SharedEstimates other = function();
        learn(one, 8, 0.9);
        learn(other, 8, 0.5);

        assertThat(function().of(Goal.FAST).requests()).isEqualTo(16);
        assertThat(function().of(Goal.FAST).acceptance()).isBetween(0.5, 0.9);
    }

    @Test
    void fewRequestsAreWrittenTogether() {
        SharedEstimates one = function();
        learn(one, 7, 0.9);
        assertThat(version()).isZero();
        learn(one, 9, 0.9);
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void aFunctionThatIsSeldomAskedWritesWhatItHas() {
        SharedEstimates one = function();
        learn(one, 1, 0.9);
        now.updateAndGet(at -> at.plus(Duration.ofHours(1)));
        learn(one, 1, 0.9);

        assertThat(function().of(Goal.FAST).requests()).isEqualTo(2);
    }

    @Test
    void whatOthersLearnedIsSeenAfterAMinuteOrWhenTheClockWasSetBack() {
        SharedEstimates one = function();
        assertThat(one.of(Goal.FAST).requests()).isZero();
        learn(function(), 8, 0.9);
        assertThat(one.of(Goal.FAST).requests()).isZero();

        now.updateAndGet(at -> at.minus(Duration.ofDays(1)));

        // The look is in the background: the second request sees what it found.
        var _ = one.of(Goal.FAST);
        assertThat(one.of(Goal.FAST).requests()).isEqualTo(8);
    }

    @Test
    void aBrokenItemIsNoReasonToFail() {
        table.put(Item.of(EstimatesItem.key(Goal.FAST))
                .with("version", 3)
                .with("acceptance", "NaN")
                .expiring(Objects.requireNonNull(now.get()).plusSeconds(1000)));

        SharedEstimates one = function();
        learn(one, 20, 0.9);

        assertThat(one.of(Goal.FAST).requests()).isEqualTo(20);
    }

    @Test
    void aNewFunctionIsRightAboutTheLoadAtOnceButBelievesNoOldOne() {
        SharedEstimates one = function();
        LoadSeen crowd = new LoadSeen(31, 0.2, 2e5, 6e7);
        for (int i = 0; i < 8; i++) {
            LearnedEstimates begun = one.of(Goal.FAST);
            one.remember(Goal.FAST, begun, learned(begun, 0.9).with(new LoadSeen(30 + i / 7, 0.2, 2e5, 6e7)));
        }
        assertThat(one.of(Goal.FAST).load()).isEqualTo(crowd);

        now.updateAndGet(at -> at.plus(Duration.ofSeconds(20)));
        assertThat(function().of(Goal.FAST).load()).isEqualTo(crowd);
        assertThat(function().of(Goal.FAST).acceptance()).isEqualTo(0.9);

        now.updateAndGet(at -> at.plus(Duration.ofSeconds(50)));
        assertThat(function().of(Goal.FAST).load()).isEqualTo(LoadSeen.nothing());
        assertThat(one.of(Goal.FAST).load()).isEqualTo(LoadSeen.nothing());
        assertThat(one.of(Goal.FAST).acceptance()).isEqualTo(0.9);
    }

    /** A target that says nothing of its load makes what is known no younger. */
    @Test
    void onlyARequestThatFoundALoadMakesItYounger() {
        SharedEstimates one = function();
        LearnedEstimates begun = one.of(Goal.FAST);
        one.remember(Goal.FAST, begun, learned(begun, 0.9).with(new LoadSeen(7, 0, 2e5, 5e7)));
        now.updateAndGet(at -> at.plus(Duration.ofSeconds(40)));
        learn(one, 1, 0.9);
        assertThat(one.of(Goal.FAST).load().others()).isEqualTo(7);
        now.updateAndGet(at -> at.plus(Duration.ofSeconds(40)));
        assertThat(one.of(Goal.FAST).load()).isEqualTo(LoadSeen.nothing());
    }

    private SharedEstimates function() {
        return new SharedEstimates(table, clock, Runnable::run, () -> {});
    }

    private long version() {
        return table.get(EstimatesItem.key(Goal.FAST))
                .map(item -> item.number("version"))
                .orElse(0L);
    }

    private static void learn(SharedEstimates function, int requests, double acceptance) {
        for (int i = 0; i < requests; i++) {
            LearnedEstimates begun = function.of(Goal.FAST);
            function.remember(Goal.FAST, begun, learned(begun, acceptance));
        }
    }

    private static LearnedEstimates learned(LearnedEstimates begun, double acceptance) {
        return new LearnedEstimates(begun.requests() + 1, acceptance, 0.005, 1, 1, 1, 1, 0, begun.load());
    }
}
