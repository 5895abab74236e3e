package io.wanspec.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Experiment;
import io.wanspec.simulator.run.Policy;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.run.Scenarios;
import io.wanspec.simulator.run.Totals;
import io.wanspec.simulator.run.WanRoute;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches against closed forms, and against one request at a time. */
final class LoadRunTest {
    private static final Scenario SCENARIO =
            WanRoute.of(50).place(Scenarios.reference()).with(2, 1).withTokens(64);

    /** A batch of one is no batch. */
    @ParameterizedTest
    @CsvSource({"b0, 0", "b1, 4", "b1p, 4", "paper, 0"})
    void oneClientIsServedAsIfAlone(String name, int variant) {
        Policy policy = policy(name, variant);
        Totals alone = Experiment.run(SCENARIO.with(2, 2), policy);
        LoadFigures loaded = run(policy, Serving.REFERENCE, new SessionArrivals.Clients(1));
        assertThat(loaded.totals().msPerToken()).isCloseTo(alone.msPerToken(), within(1e-9));
        assertThat(loaded.totals().busyDraftPassesPerToken()).isEqualTo(alone.busyDraftPassesPerToken());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64})
    void plainDecodingSharesEveryPass(int clients) {
        LoadFigures figures = run(policy("b0", 0), Serving.REFERENCE, new SessionArrivals.Clients(clients));
        double pass = 40 + 0.2 * (clients - 1);
        assertThat(figures.totals().msPerToken()).isCloseTo(pass, Percentage.withPercentage(2));
        assertThat(figures.rowsPerPass()).isCloseTo(clients, Percentage.withPercentage(2));
        assertThat(figures.targetBusyMsPerToken()).isCloseTo(pass / clients, Percentage.withPercentage(2));
        assertThat(figures.sessions()).isCloseTo(clients, within(1e-9));
    }

    @Test
    void rowsArePaddedAndBounded() {
        Serving padded = Serving.REFERENCE.padded(8);
        assertThat(run(policy("b0", 0), padded, new SessionArrivals.Clients(9)).quantile(0.5))
                .isCloseTo(40 + 0.2 * 15, within(0.5));
        LoadFigures full = run(policy("b0", 0), Serving.REFERENCE, new SessionArrivals.Clients(256));
        assertThat(full.quantile(0.5)).isCloseTo(2 * (40 + 0.2 * 127), Percentage.withPercentage(3));
    }

    /** Why a target should pause between passes: who asks 1 ms after the next has begun is in every other pass only. */
    @Test
    void whoHearsOfAnAnswerTooLateMissesEveryOtherPass() {
        SessionArrivals clients = new SessionArrivals.Clients(4);
        Serving late = Serving.REFERENCE.answering(1, 0);
        assertThat(run(policy("b0", 0), late, clients).quantile(0.5)).isCloseTo(80, within(2.0));
        Serving patient = Serving.REFERENCE.answering(1, 1.2);
        assertThat(run(policy("b0", 0), patient, clients).quantile(0.5)).isCloseTo(41.8, within(1.0));
    }

    /** In one engine all drafts are made, in batches, and then verified in one pass. */
    @Test
    void colocatedDraftsOnTheTargetsAcceleratorGoInStep() {
        int clients = 6;
        int k = 5;
        LoadFigures figures = run(
                policy("b1", k - 1), Serving.REFERENCE.with(Serving.Seat.SHARED), new SessionArrivals.Clients(clients));
        double round = k * 6 * (1 + 0.05 * (clients - 1)) + 40 + 0.2 * (clients * (k + 1) - 1);
        double measured = figures.totals().msPerToken() / figures.totals().targetPassesPerToken();
        assertThat(measured).isCloseTo(round, Percentage.withPercentage(8));
        assertThat(figures.utilisation()).isCloseTo(1, within(0.01));
    }

    /** Little's law: sessions under way are those that come a second times the seconds that each takes. */
    @Test
    void sessionsThatComeAtRandomAreServedAtTheirRate() {
        Scenario many = SCENARIO.with(600, 1).withTokens(16);
        double rate = 10;
        LoadFigures figures = LoadRun.of(many, policy("b0", 0), Serving.REFERENCE, new SessionArrivals.Random(rate));
        assertThat(figures.tokensPerSecond()).isCloseTo(rate * 16, Percentage.withPercentage(10));
        double seconds = figures.totals().msPerToken() * 16 / 1e3;
        assertThat(figures.sessions()).isCloseTo(rate * seconds, Percentage.withPercentage(10));
    }

    @Test
    void theSameSeedGivesTheSame() {
        LoadFigures one = run(policy("economy", 0), Serving.REFERENCE, new SessionArrivals.Random(2));
        LoadFigures two = run(policy("economy", 0), Serving.REFERENCE, new SessionArrivals.Random(2));
        assertThat(one.totals().msPerToken()).isEqualTo(two.totals().msPerToken());
        assertThat(one.targetBusyMsPerToken()).isEqualTo(two.targetBusyMsPerToken());
    }

    /** Each of the shared processor's passes takes longer, so that there are fewer. */
    @Test
    void remoteProcessorsThatAreSharedDraftInBatches() {
        SessionArrivals clients = new SessionArrivals.Clients(6);
        double own =
                run(policy("eager", 0), Serving.REFERENCE, clients).totals().remoteDraftPassesPerToken();
        double shared = run(policy("eager", 0), Serving.REFERENCE.withRemoteProcessors(1), clients)
                .totals()
                .remoteDraftPassesPerToken();
        assertThat(shared).isLessThan(0.9 * own).isPositive();
    }

    private static LoadFigures run(Policy policy, Serving serving, SessionArrivals arrivals) {
        return LoadRun.of(SCENARIO, policy, serving, arrivals);
    }

    private static Policy policy(String name, int variant) {
        return Catalogue.find(name).orElseThrow().variants().apply(SCENARIO).get(variant);
    }
}
