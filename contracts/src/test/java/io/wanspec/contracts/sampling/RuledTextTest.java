package io.wanspec.contracts.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.TokenBiases;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.FrameException;
import io.wanspec.contracts.grammar.Grammar;
import io.wanspec.contracts.grammar.GrammarText;
import io.wanspec.contracts.grammar.Grammars;
import io.wanspec.contracts.grammar.TokenTrie;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rules against a dumb twin that looks at the whole text for each token, however the text came to be. */
final class RuledTextTest {
    private static final int VOCABULARY = 23;
    private static final int[] ENDS = {3, 7};

    @SeededTest
    void rowsAreTheTwins(Random random) {
        SamplingRules rules = rules(random, 1 + random.nextInt(6));
        RuledText text = new RuledText(rules);
        List<Integer> tokens = new ArrayList<>();
        Proposals proposals = proposals(random);
        for (int step = 0; step < 40; step++) {
            if (random.nextInt(3) > 0 || tokens.isEmpty()) {
                int token = random.nextInt(VOCABULARY);
                tokens.add(token);
                text.append(token);
            } else {
                int to = random.nextInt(tokens.size());
                tokens.subList(to, tokens.size()).clear();
                text.truncate(to);
            }
            float[] row = row(random, proposals);
            float[] expected = twin(row, proposals, rules, tokens);
            text.apply(row, row.length, proposals, ENDS);
            assertThat(text.size()).isEqualTo(tokens.size());
            assertThat(row).containsExactly(expected);
        }
    }

    @SeededTest
    void rulesAreWrittenAndRead(Random random) {
        SamplingRules rules = rules(random, 9);
        assertThat(FrameCodec.decodeRules(FrameCodec.encode(rules))).isEqualTo(rules);
    }

    @SeededTest
    void whatIsUnlikelyBesideTheLikeliestIsNotChosen(Random random) {
        double minP = Gen.between(random, 0.0, 1.0);
        float[] row = row(random, Proposals.all());
        SamplingOptions options = new SamplingOptions(0.9, 0, 1, random.nextLong(), withMinP(minP));
        int token = new CoupledSampler().sample(row, 0, row.length, options, 5);
        float best = (float)
                Arrays.stream(indices(row)).mapToDouble(i -> row[i]).max().orElseThrow();
        assertThat(Math.exp((row[token] - best) / 0.9)).isGreaterThanOrEqualTo(minP * 0.999);
        int[] kept = Arrays.stream(indices(row))
                .filter(i -> (row[i] - best) / 0.9 >= Math.max(-24, Math.log(minP)))
                .toArray();
        float[] keptRow = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            keptRow[i] = row[kept[i]];
        }
        SamplingOptions plain = new SamplingOptions(0.9, 0, 1, options.seed());
        assertThat(new CoupledSampler().sample(keptRow, 0, kept.length, Proposals.of(kept), plain, 5))
                .isEqualTo(token);
    }

    @Test
    void whatSaysNothingChangesNothing() {
        SamplingRules none = SamplingRules.none(4);
        float[] row = {1, -2, 3};
        new RuledText(none).apply(row, 3, Proposals.all(), ENDS);
        assertThat(row).containsExactly(1, -2, 3);
        assertThat(none.saysNothing()).isTrue();
        assertThat(none.behind(9)).isEqualTo(SamplingRules.none(9));
        assertThat(rules(new Random(1), 4).saysNothing()).isFalse();
    }

    /** Bans hold whatever else speaks for a token. */
    @Test
    void aBannedTokenIsNeverChosen() {
        SamplingRules rules = new SamplingRules(
                1, -2, -2, 0.01, new TokenBiases(Tokens.of(0), List.of(-100.0)), 0, 0, false, Tokens.none(), false);
        RuledText text = new RuledText(rules);
        text.append(Tokens.of(0, 0, 0, 0));
        float[] row = new float[VOCABULARY];
        row[0] = 1_000;
        text.apply(row, VOCABULARY, Proposals.all(), ENDS);
        for (long seed = 0; seed < 2_000; seed++) {
            SamplingOptions hot = new SamplingOptions(2, 0, 1, seed, rules);
            assertThat(new CoupledSampler().sample(row, 0, VOCABULARY, hot, 4)).isPositive();
        }
    }

    /** What is off the grammar is never chosen, an end only where there may be one, and where bans leave nothing the grammar has its way. */
    @SeededTest
    void aGrammarHasTheLastWord(Random random) {
        Grammar grammar = Grammar.of("root ::= [a-d] (\"efg\" | [h-k]{1,3})* \"l\"?");
        Grammars grammars = new Grammars(TokenTrie.of(VOCABULARY, RuledTextTest::letter));
        SamplingRules drawn = rules(random, 1);
        SamplingRules rules = new SamplingRules(
                1,
                drawn.frequencyPenalty(),
                drawn.presencePenalty(),
                drawn.repetitionPenalty(),
                drawn.biases(),
                drawn.minP(),
                drawn.minTokens(),
                false,
                Tokens.none(),
                false,
                grammar);
        RuledText text = new RuledText(rules, grammars);
        text.append(random.nextInt(VOCABULARY));
        GrammarText twin = grammars.text(grammar);
        for (int position = 1; position < 30; position++) {
            float[] row = row(random, Proposals.all());
            text.apply(row, VOCABULARY, Proposals.all(), ENDS);
            SamplingOptions options = new SamplingOptions(random.nextInt(3), 0, 1, random.nextLong(), rules);
            int token = new CoupledSampler().sample(row, 0, VOCABULARY, options, position);
            boolean end = token == ENDS[0] || token == ENDS[1];
            assertThat(end ? twin.mayEnd() : twin.mask().allows(token)).isTrue();
            assertThat(text.allows(token)).isEqualTo(!end);
            assertThat(text.mayEnd()).isEqualTo(twin.mayEnd());
            assertThat(text.forced() == RuledText.NONE || token == text.forced())
                    .isTrue();
            if (end) {
                return;
            }
            text.append(token);
            twin.append(token);
            if (random.nextInt(4) == 0) {
                // What is read in vain leaves nothing behind.
                text.append(Tokens.of(5, 9, 3));
                text.truncate(position + 1);
            }
        }
    }

    @Test
    void rulesWithAGrammarAreWrittenAndRead() {
        SamplingRules rules = SamplingRules.none(3).on(Grammar.of("root ::= \"a\\n\" | [^\\\"\\\\é]"));
        assertThat(FrameCodec.decodeRules(FrameCodec.encode(rules))).isEqualTo(rules);
        assertThat(FrameCodec.encode(SamplingRules.none(3))).doesNotContain("grammar");
        assertThat(FrameCodec.decodeRules(FrameCodec.encode(SamplingRules.none(3))))
                .isEqualTo(SamplingRules.none(3));
        assertThatThrownBy(() -> FrameCodec.decodeRules(FrameCodec.encode(rules).replace("root", "toor")))
                .isInstanceOf(FrameException.class);
        assertThatThrownBy(() -> new RuledText(rules)).hasMessageContaining("vocabulary");
    }

    /** Token 3 and 7 are none, the others are the letters from a on. */
    private static byte[] letter(int token) {
        return token == ENDS[0] || token == ENDS[1] ? new byte[0] : new byte[] {(byte) ('a' + token)};
    }

    private static float[] twin(float[] row, Proposals proposals, SamplingRules rules, List<Integer> tokens) {
        float[] made = row.clone();
        for (int column = 0; column < row.length; column++) {
            int token = proposals.token(column);
            made[column] = twin(row[column], token, rules, tokens);
        }
        return made;
    }

    private static float twin(float logit, int token, SamplingRules rules, List<Integer> tokens) {
        float value = logit;
        boolean banned = false;
        for (int i = 0; i < rules.biases().tokens().size(); i++) {
            if (rules.biases().tokens().get(i) == token) {
                value += rules.biases().values().get(i).floatValue();
                banned = rules.biases().values().get(i) == -100;
            }
        }
        int generated = Math.max(0, tokens.size() - rules.promptTokens());
        long inText = tokens.subList(tokens.size() - generated, tokens.size()).stream()
                .filter(seen -> seen == token)
                .count();
        double penalised = value;
        if (tokens.contains(token)) {
            penalised = value > 0 ? value / rules.repetitionPenalty() : value * rules.repetitionPenalty();
        }
        if (inText > 0) {
            penalised = penalised - rules.frequencyPenalty() * inText - rules.presencePenalty();
        }
        boolean ends = rules.stopTokens().contains(token)
                || (!rules.ignoresEnd() && Arrays.stream(ENDS).anyMatch(end -> end == token));
        banned |= ends && tokens.size() - rules.promptTokens() < rules.minTokens();
        return banned ? RuledText.BANNED : (float) penalised;
    }

    static SamplingRules rules(Random random, int promptTokens) {
        int[] biased =
                random.ints(0, VOCABULARY).distinct().limit(random.nextInt(4)).toArray();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < biased.length; i++) {
            values.add(random.nextInt(3) == 0 ? -100.0 : Gen.between(random, -5.0, 5.0));
        }
        return new SamplingRules(
                promptTokens,
                random.nextBoolean() ? 0 : Gen.between(random, -2.0, 2.0),
                random.nextBoolean() ? 0 : Gen.between(random, -2.0, 2.0),
                random.nextBoolean() ? 1 : Gen.between(random, 0.5, 2.0),
                new TokenBiases(Tokens.of(biased), values),
                0.1,
                random.nextInt(8),
                random.nextBoolean(),
                random.nextBoolean() ? Tokens.none() : Tokens.of(random.nextInt(VOCABULARY)),
                random.nextBoolean());
    }

    private static SamplingRules withMinP(double minP) {
        return new SamplingRules(
                1, 0, 0, 1, new TokenBiases(Tokens.none(), List.of()), minP, 0, false, Tokens.none(), false);
    }

    private static Proposals proposals(Random random) {
        int[] part = random.ints(0, VOCABULARY).distinct().limit(9).sorted().toArray();
        return random.nextBoolean() ? Proposals.all() : Proposals.of(part);
    }

    private static float[] row(Random random, Proposals proposals) {
        float[] row = new float[proposals == Proposals.all() ? VOCABULARY : 9];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) (3 * random.nextGaussian());
        }
        return row;
    }

    private static int[] indices(float[] row) {
        int[] indices = new int[row.length];
        Arrays.setAll(indices, i -> i);
        return indices;
    }
}
