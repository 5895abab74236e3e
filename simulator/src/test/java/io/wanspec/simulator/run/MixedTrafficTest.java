package io.wanspec.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.simulator.text.MixedLanguage;
import io.wanspec.simulator.world.SessionFigures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Greedy requests, whose drafts are often right, in turn with drawn ones, whose drafts seldom are. */
class MixedTrafficTest {
    private static final int TOKENS = 96;
    private static final int REQUESTS = 160;
    private static final Scenario MIXED = WanRoute.of(100)
            .place(Scenarios.find("mixed").orElseThrow())
            .withTokens(TOKENS)
            .with(REQUESTS, 1000);

    /** The same texts, of requests that look alike. */
    private static final Scenario ALIKE = MIXED.with(alike((MixedLanguage) MIXED.language()));

    /** What the drawn ones teach must not be what the greedy ones begin with: far away, that cost those a twentieth. */
    @Test
    void greedyRequestsDoNotPayForWhatDrawnOnesTaught() {
        Mean apart = greedy("economy", MIXED);
        Mean alike = greedy("economy", ALIKE);
        assertThat(apart.msPerToken()).isLessThan(0.98 * alike.msPerToken());
        assertThat(apart.msPerToken()).isLessThan(1.05 * bestOfB1());
    }

    @Test
    void drawnOnesAreNoSlowerForIt() {
        assertThat(mean("economy", MIXED, 1).msPerToken())
                .isLessThan(1.02 * mean("economy", ALIKE, 1).msPerToken());
    }

    /** Plain decoding and co-located speculation ask for nothing that was learned. */
    @Test
    void baselinesDoNotCareForKinds() {
        assertThat(mean("b0", MIXED, 1)).isEqualTo(mean("b0", ALIKE, 1));
        assertThat(greedy("b1", MIXED)).isEqualTo(greedy("b1", ALIKE));
    }

    private record Mean(double msPerToken, double busyPasses) {}

    private static Mean greedy(String contender, Scenario scenario) {
        return mean(contender, scenario, 0);
    }

    private static double bestOfB1() {
        return Catalogue.B1.variants().apply(MIXED).stream()
                .mapToDouble(policy -> mean(policy, MIXED, 0).msPerToken())
                .min()
                .orElseThrow();
    }

    private static Mean mean(String contender, Scenario scenario, int remainder) {
        Policy policy = Catalogue.find(contender)
                .orElseThrow()
                .variants()
                .apply(scenario)
                .getFirst();
        return mean(policy, scenario, remainder);
    }

    /** Over the requests whose seeds leave this remainder, divided by two. */
    private static Mean mean(Policy policy, Scenario scenario, int remainder) {
        List<SessionFigures> some = new ArrayList<>();
        List<SessionFigures> all = Experiment.figures(scenario, policy, _ -> TOKENS);
        for (int i = remainder; i < all.size(); i += 2) {
            some.add(all.get(i));
        }
        double tokens = (double) TOKENS * some.size();
        return new Mean(
                some.stream().mapToLong(SessionFigures::nanos).sum() / 1e6 / tokens,
                some.stream().mapToInt(SessionFigures::busyDraftPasses).sum() / tokens);
    }

    private static MixedLanguage alike(MixedLanguage mixed) {
        return new MixedLanguage(mixed.greedy(), mixed.drawn(), 0);
    }
}
