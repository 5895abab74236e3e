package io.wanspec.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import org.junit.jupiter.api.Test;

/** A model's cache is bounded, and a target may be silent for long. */
class CacheBoundTest {
    private static final Tokens PROMPT = Tokens.of(1, 2, 3);
    private static final int CACHED_MAX = 768;
    private static final int PASS = 64;
    private static final DraftPlan WIDE = new DraftPlan(90, PASS, 8, 1_000_000, 0, 1);

    private final DraftWorker worker = new DraftWorker(
            new DraftFrame.Open(
                    ProtocolVersion.CURRENT,
                    new SessionId("s"),
                    new ModelIdentity("target", "a".repeat(64), "b".repeat(64), 100, 100),
                    SamplingOptions.greedy(),
                    PROMPT,
                    WIDE),
            100,
            4,
            token -> false);

    @Test
    void itRestsWhenTheCacheIsFullUntilTheTargetDecides() {
        assertThat(grownUntilRest()).isBetween(CACHED_MAX, CACHED_MAX + PASS);
        advance(PROMPT, 99);
        assertNextIs(99);
        advance(PROMPT.plus(99), 98);
        assertNextIs(98);
        assertThat(grownUntilRest())
                .as("what was contradicted is forgotten")
                .isBetween(CACHED_MAX - 2, CACHED_MAX + PASS);
    }

    @Test
    void whatIsConfirmedMakesRoom() {
        grownUntilRest();
        advance(PROMPT, 10);
        assertThat(grownUntilRest()).isPositive();
    }

    @Test
    void noExpansionIsTakenWhileItIsFull() {
        grownUntilRest();
        worker.expand(new DraftFrame.Expand(
                PROMPT.size(), Branch.of(PROMPT), TokenTree.chain(Tokens.of(50, 51)), Ints.of(1)));
        assertThat(worker.next()).isEqualTo(new DraftStep.Rest());
    }

    private int grownUntilRest() {
        int grown = 0;
        DraftStep step = worker.next();
        while (!(step instanceof DraftStep.Rest)) {
            if (step instanceof DraftStep.Grow grow) {
                grown += grow.nodes().size();
                answer(grow);
            } else if (step instanceof DraftStep.Fill fill) {
                worker.filled(fill, 1);
            }
            step = worker.next();
        }
        return grown;
    }

    /** Eight equal candidates behind every node. */
    private void answer(DraftStep.Grow step) {
        Outlooks outlooks = new Outlooks();
        for (int node = 0; node < step.nodes().size(); node++) {
            outlooks.begin(2_000);
            for (int token = 10; token < 18; token++) {
                outlooks.candidate(token, 2_079);
            }
        }
        assertThat(worker.grown(step, outlooks, 1)).isNotNull();
    }

    private void assertNextIs(int token) {
        DraftStep.Grow step = (DraftStep.Grow) worker.next();
        assertThat(step.nodes().tokens()).containsExactly(token);
        answer(step);
    }

    private void advance(Tokens prefix, int committed) {
        assertThat(worker.advance(new DraftFrame.Advance(prefix.size(), Branch.of(prefix), Tokens.of(committed), WIDE)))
                .isNull();
    }
}
