package io.wanspec.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.SessionId;
import io.wanspec.controller.estimate.LoadSeen;
import io.wanspec.controller.estimate.TargetEstimate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What requests teach of speculation beside plain decoding. */
class LearnedEstimatesTest {
    private static final long PASS_NANOS = 40_000_000;
    private static final long ROW_NANOS = 1_000_000;
    private static final int TOKENS = 100;

    @Test
    void aGainIsNoReasonToRest() {
        assertThat(afterRequests(LearnedEstimates.none(), 50, 0.9).isResting()).isFalse();
        assertThat(afterRequests(LearnedEstimates.none(), 50, 1.02).isResting()).isFalse();
    }

    @Test
    void aLossEndsInRestAfterFewRequests() {
        assertThat(afterRequests(LearnedEstimates.none(), 4, 1.3).isResting()).isFalse();
        LearnedEstimates resting = afterRequests(LearnedEstimates.none(), 5, 1.3);
        assertThat(resting.isResting()).isTrue();
        assertThat(resting.reason()).contains("1.3").contains("one request of 16");
    }

    /** Those that try are few, and not always the same. */
    @Test
    void whileSpeculationRestsOneOfSixteenTriesIt() {
        LearnedEstimates resting = afterRequests(LearnedEstimates.none(), 10, 1.3);
        long tries = IntStream.range(0, 16_000)
                .filter(i -> !resting.rests(new SessionId("sess_" + Integer.toHexString(i * 7_919))))
                .count();
        assertThat(tries).isBetween(700L, 1_300L);
        assertThat(LearnedEstimates.none().rests(new SessionId("s"))).isFalse();
    }

    /** Each trial costs all who share the target: with 32 times as many sessions one of 32 times as many tries. */
    @Test
    void inACrowdFewerTry() {
        LearnedEstimates resting =
                afterRequests(LearnedEstimates.none(), 10, 1.3).with(new LoadSeen(31, 0, 1e6, 1e8));
        long tries = IntStream.range(0, 64_000)
                .filter(i -> !resting.rests(new SessionId("sess_" + Integer.toHexString(i * 7_919))))
                .count();
        assertThat(tries).isBetween(60L, 200L);
        assertThat(resting.reason()).contains("one request of 512");
    }

    @Test
    void aRestEndsWhenThoseWhoTryGain() {
        LearnedEstimates resting = afterRequests(LearnedEstimates.none(), 10, 1.3);
        assertThat(afterRequests(resting, 20, 1.2).isResting()).isTrue();
        assertThat(afterRequests(resting, 20, 1).isResting()).isTrue();
        LearnedEstimates again = afterRequests(resting, 20, 0.8);
        assertThat(again.isResting()).isFalse();
        assertThat(again.reason()).doesNotContain("plain decoding");
    }

    /** However long one request stood still. */
    @Test
    void oneRequestDoesNotDecideForAll() {
        LearnedEstimates good = afterRequests(LearnedEstimates.none(), 50, 0.95);
        assertThat(afterRequests(good, 1, 1_000).isResting()).isFalse();
    }

    /** A request that was held back from its beginning says nothing of speculation. */
    @Test
    void plainRequestsTeachTheLoadAlone() {
        LearnedEstimates resting = afterRequests(LearnedEstimates.none(), 10, 1.3);
        TargetEstimate measured = measured(new PassLoad(8, 8, 0, ROW_NANOS / 1_000));
        LearnedEstimates after = resting.after(0, 0, measured, 6e6);
        assertThat(after).isEqualTo(resting.with(measured.load().seen()));
    }

    /** What everybody's draft rows add to the passes is a loss, although each session's own rounds are as long as the passes. */
    @Test
    void othersDraftsAreALossToo() {
        PassLoad crowd = new PassLoad(40, 8, 0, ROW_NANOS / 1_000, 32);
        TargetEstimate measured = measured(crowd);
        assertThat(measured.plainNanosPerToken()).isEqualTo(PASS_NANOS - 32.0 * ROW_NANOS);
        PassLoad full = new PassLoad(40, 8, 0, PASS_NANOS / 40 / 1_000, 32);
        assertThat(measured(full).plainNanosPerToken()).isEqualTo(PASS_NANOS * 8.0 / 40);
        assertThat(measured(new PassLoad(8, 8, 0, 9)).plainNanosPerToken()).isEqualTo(PASS_NANOS);
    }

    private static LearnedEstimates afterRequests(LearnedEstimates before, int requests, double ratio) {
        LearnedEstimates learned = before;
        for (int i = 0; i < requests; i++) {
            learned = learned.after(
                    TOKENS, (long) (ratio * TOKENS * PASS_NANOS), measured(new PassLoad(1, 1, 0, 0)), 6e6);
        }
        return learned;
    }

    private static TargetEstimate measured(PassLoad load) {
        TargetEstimate estimate = new TargetEstimate(0.6, 0.005, 1, LoadSeen.nothing());
        for (int i = 0; i < 20; i++) {
            estimate.onRound(0, 1, PASS_NANOS, PASS_NANOS);
            estimate.onLoad(load, PASS_NANOS, PASS_NANOS);
        }
        return estimate;
    }
}
