package io.wanspec.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.simulator.text.SignalModel;
import io.wanspec.simulator.world.LinearPassTimes;
import io.wanspec.simulator.world.Wan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The baselines, run by the real controller, against closed forms for independent matches. */
final class BaselinesTest {
    private static final int TOKENS = 4_000;
    private static final int REQUESTS = 10;
    private static final double TARGET_MS = 40;
    private static final double TOKEN_MS = 0.2;
    private static final double BUSY_MS = 6;
    private static final double REMOTE_MS = 8;

    @Test
    void targetOnlyTakesOnePassAToken() {
        Totals totals = run("b0", "b0", scenario(0.8, 30, 0));
        assertThat(totals.msPerToken()).isEqualTo(TARGET_MS);
        assertThat(totals.targetPassesPerToken()).isEqualTo(1);
        assertThat(totals.busyDraftPassesPerToken()).isZero();
        assertThat(totals.wanBytesPerToken()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0.6, 1", "0.6, 4", "0.8, 2", "0.8, 5", "0.8, 12", "0.9, 8"})
    void aRoundCommitsAsManyTokensAsIndependentMatchesGive(double a, int k) {
        Totals totals = run("b1", "k=" + k, scenario(a, 0, 0));
        double tokens = 1 / totals.targetPassesPerToken();
        double rounds = totals.tokens() / tokens;
        assertThat(tokens).isCloseTo(tokensARound(a, k), within(4 * deviation(a, k) / Math.sqrt(rounds)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 9, 16})
    void aRoundOfColocatedSpeculationTakesItsDraftsAndItsVerification(int k) {
        Totals totals = run("b1", "k=" + k, scenario(0.8, 70, 0));
        assertRounds(totals, k, k * BUSY_MS + TARGET_MS + TOKEN_MS * k, 0);
        assertThat(totals.draftsPerRound()).isBetween(k * 0.99, (double) k);
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "4, 20", "5, 50", "8, 100", "9, 202", "16, 50"})
    void aRoundOfNaiveRemoteDraftingTakesARoundTripMore(int k, double rttMs) {
        Totals totals = run("b2", "k=" + k, scenario(0.8, rttMs, 0));
        // The first drafts need not be asked for.
        assertRounds(totals, k, rttMs + k * REMOTE_MS + TARGET_MS + TOKEN_MS * k, rttMs / 2);
        assertThat(totals.busyDraftPassesPerToken()).isZero();
    }

    /** After a round whose drafts were all accepted, the draft forwards its own last token beside the target's. */
    @Test
    void theFirstDraftBehindAFullRunForwardsTwoTokens() {
        int k = 4;
        double share = 0.5;
        Totals totals = run("b1", "k=" + k, scenario(0.8, 0, share));
        double round = totals.msPerToken() / totals.targetPassesPerToken();
        double expected = k * BUSY_MS + TARGET_MS + TOKEN_MS * k + Math.pow(0.8, k) * share * BUSY_MS;
        assertThat(round).isCloseTo(expected, within(0.1));
    }

    @Test
    void overlapSavesTimeForDraftPasses() {
        Scenario scenario = Scenarios.reference().with(20, 1);
        Totals inTurn = Best.of(Catalogue.B1, scenario).totals();
        Totals overlapped =
                Best.of(Catalogue.find("b1p").orElseThrow(), scenario).totals();
        assertThat(overlapped.msPerToken()).isLessThan(0.92 * inTurn.msPerToken());
        assertThat(overlapped.busyDraftPassesPerToken()).isGreaterThan(1.5 * inTurn.busyDraftPassesPerToken());
    }

    /** Rounds at an answer's end are shorter, since no more is drafted than is wanted: at most k of each answer's. */
    private static void assertRounds(Totals totals, int k, double roundMs, double savedMs) {
        double ms = totals.msPerToken() * totals.tokens() + savedMs * REQUESTS;
        double rounds = totals.targetPassesPerToken() * totals.tokens();
        assertThat(ms).isBetween((rounds - k * REQUESTS) * roundMs, rounds * roundMs + 1e-6);
    }

    private static double tokensARound(double a, int k) {
        return (1 - Math.pow(a, k + 1)) / (1 - a);
    }

    /** Of the tokens of a round: accepted drafts follow a geometric distribution, cut off at k. */
    private static double deviation(double a, int k) {
        double mean = tokensARound(a, k) - 1;
        double squares = 0;
        for (int n = 1; n <= k; n++) {
            squares += (2 * n - 1) * Math.pow(a, n);
        }
        return Math.sqrt(squares - mean * mean);
    }

    private static Scenario scenario(double a, double rttMs, double nodeShare) {
        return new Scenario(
                "independent",
                Wan.of(rttMs),
                new LinearPassTimes(TARGET_MS, TOKEN_MS, BUSY_MS, REMOTE_MS, nodeShare),
                new SignalModel(a, 0.5, 0.45, 0.15, 0.08),
                0,
                TOKENS,
                REQUESTS,
                1);
    }

    private static Totals run(String contender, String variant, Scenario scenario) {
        List<Policy> variants =
                Catalogue.find(contender).orElseThrow().variants().apply(scenario);
        Policy policy = variants.stream()
                .filter(each -> each.name().equals(variant))
                .findFirst()
                .orElseThrow();
        return Experiment.run(scenario, policy);
    }
}
