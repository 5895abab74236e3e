package io.wanspec.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.LearnedByKind;
import io.wanspec.simulator.text.Text;
import io.wanspec.simulator.text.Traces;
import io.wanspec.simulator.trace.Trace;
import io.wanspec.simulator.trace.TraceRequest;
import io.wanspec.simulator.world.PassTimes;
import io.wanspec.simulator.world.SessionFigures;
import io.wanspec.simulator.world.SimSession;
import io.wanspec.simulator.world.Wan;
import org.junit.jupiter.api.Test;

/** Traces through the real controller. */
final class TraceReplayTest {
    private static final int TOKENS = 150;
    private static final Trace TRACE = Traces.random(2, 12);
    private static final Scenario SCENARIO =
            Scenarios.replay(TRACE, 0.8, Wan.of(30), PassTimes.measured(TRACE.header()), TOKENS, 6);

    @Test
    void everyPolicyGivesTheTargetsText() {
        for (Contender contender : Catalogue.POLICIES) {
            Policy policy = contender.variants().apply(SCENARIO).getLast();
            for (long seed = 0; seed < 3; seed++) {
                assertThat(Experiment.one(SCENARIO, policy, LearnedByKind.none(), seed)
                                .tokens())
                        .as(contender.name())
                        .isEqualTo(text(seed));
            }
        }
    }

    @Test
    void targetOnlyTakesAMeasuredPassAToken() {
        assertThat(Best.of(Catalogue.find("b0").orElseThrow(), SCENARIO)
                        .totals()
                        .msPerToken())
                .isEqualTo(Traces.TARGET_MS);
    }

    /** With one draft a round, a round commits two tokens where the recorded rank is 0, and one elsewhere. */
    @Test
    void colocatedSpeculationAcceptsWhatWasAccepted() {
        Policy oneDraft = Catalogue.B1.variants().apply(SCENARIO).getFirst();
        for (int seed = 0; seed < 6; seed++) {
            SimSession session = Experiment.one(SCENARIO, oneDraft, LearnedByKind.none(), seed);
            assertThat(session.figures().targetPasses()).isEqualTo(rounds(ranksFrom(seed)));
        }
    }

    /** None were recorded, and wrong ones would cost the target time. */
    @Test
    void thereAreNoFreeGuesses() {
        for (long seed = 0; seed < 6; seed++) {
            assertThat(figures(Design.CHAIN.withLookup(4), seed)).isEqualTo(figures(Design.CHAIN, seed));
        }
    }

    @Test
    void usersCanShareATargetOnATrace() {
        ClosedLoop loop = ClosedLoop.runColocated(
                SCENARIO, Catalogue.B1.variants().apply(SCENARIO).get(2), 3);
        assertThat(loop.quantile(0.95)).isFinite().isGreaterThan(Traces.TARGET_MS);
    }

    private static SessionFigures figures(Design design, long seed) {
        return Experiment.one(SCENARIO, design.policy("chain", SCENARIO), LearnedByKind.none(), seed)
                .figures();
    }

    private static int rounds(int[] ranks) {
        int rounds = 0;
        for (int at = 0; at < TOKENS; rounds++) {
            at += ranks[at] == 0 && at < TOKENS - 1 ? 2 : 1;
        }
        return rounds;
    }

    private static int[] ranksFrom(int request) {
        TraceRequest[] requests = TRACE.requests().stream()
                .filter(each -> each.temperature() == 0.8)
                .toArray(TraceRequest[]::new);
        int[] ranks = new int[TOKENS];
        int at = 0;
        for (int r = request; at < TOKENS; r++) {
            TraceRequest each = requests[r % requests.length];
            for (int i = 0; i < each.tokens() && at < TOKENS; i++) {
                ranks[at++] = each.ranks().get(i);
            }
        }
        return ranks;
    }

    private static Tokens text(long seed) {
        Text text = SCENARIO.language().text(SimSession.PROMPT, seed);
        int[] tokens = new int[TOKENS];
        long branch = Branch.of(SimSession.PROMPT).digest();
        for (int i = 0; i < TOKENS; i++) {
            tokens[i] = text.target(branch, SimSession.PROMPT.size() + i);
            branch = Branch.then(branch, tokens[i]);
        }
        return Tokens.of(tokens);
    }
}
