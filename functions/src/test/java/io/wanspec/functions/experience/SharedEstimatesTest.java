package io.wanspec.functions.experience;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.RequestKind;
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
import java.util.stream.Stream;
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

        assertThat(greedy(function()).requests()).isEqualTo(8);
        assertThat(greedy(function()).acceptance()).isEqualTo(0.9);
        assertThat(function().of(Goal.ECONOMY)).isEqualTo(LearnedByKind.none());
    }

    @Test
    void whatTwoLearnAtTheSameTimeAddsUp() {
        SharedEstimates one = function();
        SharedEstimates other = function();
        learn(one, 8, 0.9);
        learn(other, 8, 0.5);

        assertThat(greedy(function()).requests()).isEqualTo(16);
        assertThat(greedy(function()).acceptance()).isBetween(0.5, 0.9);
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

        assertThat(greedy(function()).requests()).isEqualTo(2);
    }

    @Test
    void whatOthersLearnedIsSeenAfterAMinuteOrWhenTheClockWasSetBack() {
        SharedEstimates one = function();
        assertThat(greedy(one).requests()).isZero();
        learn(function(), 8, 0.9);
        assertThat(greedy(one).requests()).isZero();

        now.updateAndGet(at -> at.minus(Duration.ofDays(1)));

        // The look is in the background: the second request sees what it found.
        var _ = greedy(one);
        assertThat(greedy(one).requests()).isEqualTo(8);
    }

    @Test
    void aBrokenItemIsNoReasonToFail() {
        table.put(Item.of(EstimatesItem.key(Goal.FAST))
                .with("version", 3)
                .with("acceptance", "NaN")
                .expiring(Objects.requireNonNull(now.get()).plusSeconds(1000)));

        SharedEstimates one = function();
        learn(one, 20, 0.9);

        assertThat(greedy(one).requests()).isEqualTo(20);
    }

    @Test
    void aNewFunctionIsRightAboutTheLoadAtOnceButBelievesNoOldOne() {
        SharedEstimates one = function();
        LoadSeen crowd = new LoadSeen(31, 0.2, 2e5, 6e7);
        for (int i = 0; i < 8; i++) {
            LearnedEstimates begun = greedy(one);
            one.remember(
                    Goal.FAST,
                    RequestKind.GREEDY,
                    begun,
                    learned(begun, 0.9).with(new LoadSeen(30 + i / 7, 0.2, 2e5, 6e7)));
        }
        assertThat(greedy(one).load()).isEqualTo(crowd);

        now.updateAndGet(at -> at.plus(Duration.ofSeconds(20)));
        assertThat(greedy(function()).load()).isEqualTo(crowd);
        assertThat(greedy(function()).acceptance()).isEqualTo(0.9);

        now.updateAndGet(at -> at.plus(Duration.ofSeconds(50)));
        assertThat(greedy(function()).load()).isEqualTo(LoadSeen.nothing());
        assertThat(greedy(one).load()).isEqualTo(LoadSeen.nothing());
        assertThat(greedy(one).acceptance()).isEqualTo(0.9);
    }

    /** A target that says nothing of its load makes what is known no younger. */
    @Test
    void onlyARequestThatFoundALoadMakesItYounger() {
        SharedEstimates one = function();
        LearnedEstimates begun = greedy(one);
        one.remember(Goal.FAST, RequestKind.GREEDY, begun, learned(begun, 0.9).with(new LoadSeen(7, 0, 2e5, 5e7)));
        now.updateAndGet(at -> at.plus(Duration.ofSeconds(40)));
        learn(one, 1, 0.9);
        assertThat(greedy(one).load().others()).isEqualTo(7);
        now.updateAndGet(at -> at.plus(Duration.ofSeconds(40)));
        assertThat(greedy(one).load()).isEqualTo(LoadSeen.nothing());
    }

    @Test
    void kindsAreToldApartByAllFunctions() {
        SharedEstimates one = function();
        SharedEstimates other = function();
        learn(one, RequestKind.GREEDY, 8, 0.9);
        learn(other, RequestKind.WARM, 8, 0.4);

        LearnedByKind known = function().of(Goal.FAST);

        assertThat(known.of(RequestKind.GREEDY).acceptance()).isEqualTo(0.9);
        assertThat(known.of(RequestKind.WARM).acceptance()).isEqualTo(0.4);
        assertThat(known.of(RequestKind.WARM).requests()).isEqualTo(8);
        assertThat(known.of(RequestKind.HOT).acceptance()).isEqualTo(0.4);
        assertThat(known.of(RequestKind.HOT).requests()).isZero();
    }

    /** As a function of the version before leaves it: no kinds, and what it does not know is gone. */
    @Test
    void anItemOfTheVersionBeforeIsWhereAllKindsBegin() {
        table.put(before(3, 40, 0.7));
        SharedEstimates one = function();

        assertThat(greedy(one).requests()).isEqualTo(40);
        assertThat(one.of(Goal.FAST).of(RequestKind.WARM_BOUND).acceptance()).isEqualTo(0.7);
        assertThat(one.of(Goal.FAST).of(RequestKind.WARM_BOUND).requests()).isZero();

        learn(one, RequestKind.WARM, 8, 0.4);
        assertThat(version()).isEqualTo(4);
        table.put(before(5, 41, 0.7));
        now.updateAndGet(at -> at.plus(Duration.ofMinutes(2)));
        var _ = one.of(Goal.FAST);

        assertThat(one.of(Goal.FAST).of(RequestKind.WARM).acceptance()).isEqualTo(0.4);
        assertThat(greedy(one).requests()).isEqualTo(41);
    }

    /** It looks for these attributes by these names, also where only kinds that it knows nothing of have taught. */
    @Test
    void functionsOfTheVersionBeforeCanReadAnyItem() {
        learn(function(), RequestKind.HOT, 8, 0.4);
        Item item = table.get(EstimatesItem.key(Goal.FAST)).orElseThrow();

        assertThat(item.number("requests")).isZero();
        assertThat(item.number("restRequests")).isZero();
        assertThat(Stream.of("acceptance", "tokenShare", "calibration", "priceFactor", "paceRatio", "plainRatio"))
                .allSatisfy(
                        name -> assertThat(Double.parseDouble(item.text(name))).isFinite());
        assertThat(item.text("acceptance")).isEqualTo("0.4");
    }

    private Item before(long version, int requests, double acceptance) {
        return Item.of(EstimatesItem.key(Goal.FAST))
                .with("version", version)
                .with("requests", requests)
                .with("acceptance", String.valueOf(acceptance))
                .with("tokenShare", "0.005")
                .with("calibration", "1.0")
                .with("priceFactor", "1.0")
                .with("paceRatio", "1.0")
                .with("plainRatio", "1.0")
                .with("restRequests", 0)
                .expiring(clock.instant().plusSeconds(100_000));
    }

    private SharedEstimates function() {
        return new SharedEstimates(table, clock, Runnable::run, () -> {});
    }

    private long version() {
        return table.get(EstimatesItem.key(Goal.FAST))
                .map(item -> item.number("version"))
                .orElse(0L);
    }

    private static LearnedEstimates greedy(SharedEstimates function) {
        return function.of(Goal.FAST).of(RequestKind.GREEDY);
    }

    private static void learn(SharedEstimates function, int requests, double acceptance) {
        learn(function, RequestKind.GREEDY, requests, acceptance);
    }

    private static void learn(SharedEstimates function, RequestKind kind, int requests, double acceptance) {
        for (int i = 0; i < requests; i++) {
            LearnedEstimates begun = function.of(Goal.FAST).of(kind);
            function.remember(Goal.FAST, kind, begun, learned(begun, acceptance));
        }
    }

    private static LearnedEstimates learned(LearnedEstimates begun, double acceptance) {
        return new LearnedEstimates(begun.requests() + 1, acceptance, 0.005, 1, 1, 1, 1, 0, begun.load());
    }
}
