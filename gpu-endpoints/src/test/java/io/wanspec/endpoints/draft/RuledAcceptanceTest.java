package io.wanspec.endpoints.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.TokenBiases;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.grammar.Grammar;
import io.wanspec.endpoints.twin.HashModel;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Drafts that go by the rules of their target are right about as often as without rules, and more often than drafts that do not know them. */
class RuledAcceptanceTest {
    private static final int TEXTS = 40;
    private static final int TOKENS = 60;
    private static final int PROMPT = 8;
    private static final double LOST_MAX = 0.05;
    private static final HashModel TARGET = HashModel.endless(300);
    private static final HashModel DRAFT = HashModel.draft(300);

    @Test
    void penaltiesAndBiasesCostNoAcceptance() {
        double plain = acceptance(null, true);
        for (SamplingRules rules : List.of(
                rules(1, 0, 1, false),
                rules(0, 1.5, 1, false),
                rules(-0.5, 0, 1.3, false),
                rules(0.5, 0.5, 1.1, true))) {
            double ruled = acceptance(rules, true);
            assertThat(ruled).as(rules.toString()).isGreaterThan(plain - LOST_MAX);
            assertThat(ruled).as(rules.toString()).isGreaterThan(acceptance(rules, false));
        }
    }

    /** Under a grammar at the target, drafts that go by it are accepted at least as often as drafts that do not. */
    @Test
    void aGrammarCostsNoAcceptanceWhereDraftsKnowIt() {
        double plain = acceptance(null, true);
        for (String grammar : List.of(
                "root ::= ([B-M] [N-h])*",
                "root ::= ([B-M] (\"NPQR\" | [S-V]{2} | [a-h] root \"E\"))*",
                "root ::= [B-h]*")) {
            SamplingRules rules = SamplingRules.none(PROMPT).on(Grammar.of(grammar));
            double masked = acceptance(rules, true);
            assertThat(masked).as(grammar).isGreaterThanOrEqualTo(acceptance(rules, false));
            assertThat(masked).as(grammar).isGreaterThan(plain - LOST_MAX);
        }
    }

    private static SamplingRules rules(double frequency, double presence, double repetition, boolean biased) {
        TokenBiases biases = biased
                ? new TokenBiases(Tokens.of(3, 5, 8, 13), List.of(-100.0, 3.0, -2.0, -100.0))
                : new TokenBiases(Tokens.none(), List.of());
        return new SamplingRules(PROMPT, frequency, presence, repetition, biases, 0.02, 0, false, Tokens.none(), false);
    }

    /** Of the draft's own choices behind each prefix of the target's texts, how many are the target's. */
    private static double acceptance(@Nullable SamplingRules rules, boolean known) {
        int right = 0;
        for (int text = 0; text < TEXTS; text++) {
            SamplingOptions options = new SamplingOptions(0.8, 0, 1, text, rules);
            Tokens all = Tokens.of(new Random(text).ints(PROMPT, 1, 40).toArray());
            for (int i = 0; i < TOKENS; i++) {
                int token = TARGET.choose(all, options);
                right += DRAFT.choose(all, known ? options : options.withoutRules()) == token ? 1 : 0;
                all = all.plus(token);
            }
        }
        return right / (double) (TEXTS * TOKENS);
    }
}
