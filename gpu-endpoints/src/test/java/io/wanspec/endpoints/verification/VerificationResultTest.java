package io.wanspec.endpoints.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.grammar.Grammar;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.MinimumPassTime;
import io.wanspec.endpoints.compute.SequencePool;
import io.wanspec.endpoints.twin.HashModel;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Verification against one-token-at-a-time decoding. */
class VerificationResultTest {
    private static final VerifiableDrafts.Follower ANY = (behind, token) -> true;

    /** Of the twin's letters: texts that may end here and there, and now and then can only go one way. */
    private static final Grammar LETTERS =
            Grammar.of("root ::= ([B-M] [N-h] (\"aFX\" | [B-D]{1,3} root? \"E\" | \"G\"))* (\"QR\" [S-V])?");

    @Test
    void stopsBehindTheFirstDisagreement() {
        VerificationResult result =
                VerificationResult.of(chain(5, 6, 7), node -> node == 0 ? 9 : 6 + node, token -> false);
        assertThat(result).isEqualTo(new VerificationResult(Ints.of(0), Tokens.of(5, 9), false));
    }

    @Test
    void addsABonusTokenToARunThatWasRight() {
        VerificationResult result = VerificationResult.of(chain(5, 6), node -> 6 + node, token -> false);
        assertThat(result).isEqualTo(new VerificationResult(Ints.of(0, 1), Tokens.of(5, 6, 7), false));
    }

    @Test
    void followsTheBranchThatAgrees() {
        TokenTree tree = new TokenTree(Tokens.of(5, 8, 6, 9), Ints.of(-1, -1, 1, 1));
        VerificationResult result =
                VerificationResult.of(tree, node -> node == -1 ? 8 : node == 1 ? 9 : 4, token -> false);
        assertThat(result).isEqualTo(new VerificationResult(Ints.of(1, 3), Tokens.of(8, 9, 4), false));
    }

    @Test
    void anEndIsTheLastTokenWhetherItWasDraftedOrNot() {
        assertThat(VerificationResult.of(chain(5, 0, 7), node -> node == 0 ? 0 : 5, token -> token == 0))
                .isEqualTo(new VerificationResult(Ints.of(0, 1), Tokens.of(5, 0), true));
        assertThat(VerificationResult.of(chain(5, 8), node -> node == 0 ? 0 : 5, token -> token == 0))
                .isEqualTo(new VerificationResult(Ints.of(0), Tokens.of(5, 0), true));
    }

    @Test
    void whatCannotBeRightIsCutWithWhatFollowsIt() {
        TokenTree tree = new TokenTree(Tokens.of(5, 40, 6, 5, 7, 8), Ints.of(-1, -1, 1, -1, 0, 4));
        assertThat(VerifiableDrafts.of(tree, 40, 2, ANY)).isEqualTo(new TokenTree(Tokens.of(5, 7), Ints.of(-1, 0)));
        assertThat(VerifiableDrafts.of(tree, 41, 0, ANY)).isEqualTo(TokenTree.none());
        assertThat(VerifiableDrafts.of(chain(1, 2, 3), 40, 3, ANY)).isEqualTo(chain(1, 2, 3));
    }

    /** A hostile draft costs no rows for what cannot be chosen. */
    @Test
    void whatIsOffTheGrammarIsDroppedBeforeThePass() {
        HashModel model = HashModel.target(200);
        Engine engine = new Engine(model, new SequencePool(model, 0, 1), MinimumPassTime.none());
        SamplingRules rules = SamplingRules.none(2).on(Grammar.of("root ::= [B-D] (\"EF\" | \"G\")"));
        TargetDecoder decoder = new TargetDecoder(engine, new SamplingOptions(0, 0, 1, 1, rules), Tokens.of(7, 8), 2);
        while (!decoder.isFilled()) {
            var _ = decoder.fill().run();
        }
        // B, X; then behind B: G with its end, E, and an end too early.
        TokenTree drafts = new TokenTree(Tokens.of(1, 23, 6, 0, 4, 0), Ints.of(-1, -1, 0, 2, 0, 0));
        assertThat(decoder.verification(drafts).rows()).isEqualTo(1 + 4);
        decoder.release();
    }

    @SeededTest(tries = 300)
    void whateverIsDraftedTheTextIsTheTargetsOwn(Random random) {
        HashModel model = HashModel.target(200);
        Engine engine = new Engine(model, new SequencePool(model, 0, 1), MinimumPassTime.none());
        SamplingOptions options =
                new SamplingOptions(random.nextInt(3) * 0.4, random.nextInt(9), 0.9, Gen.anyLong(random));
        Tokens prompt = Tokens.of(random.ints(1 + random.nextInt(150), 1, 40).toArray());
        if (random.nextBoolean()) {
            SamplingRules onGrammar = SamplingRules.none(prompt.size()).on(LETTERS);
            options = new SamplingOptions(
                    options.temperature(), options.topK(), options.topP(), options.seed(), onGrammar);
        }
        Tokens expected = model.decode(prompt, options, 200 - prompt.size());
        TargetDecoder decoder = new TargetDecoder(engine, options, prompt, prompt.size());
        while (!decoder.isFilled()) {
            var _ = decoder.fill().run();
        }
        Tokens text = Tokens.none();
        boolean ended = false;
        while (!ended && decoder.hasRoom()) {
            TokenTree drafts = RandomTrees.of(random, expected.from(text.size()), 45);
            TargetDecoder.Round round =
                    decoder.commit(decoder.verification(drafts).run());
            // The longest branch that is right is accepted, no less.
            assertThat(round.result().accepted()).isGreaterThanOrEqualTo(drafts.depthOf(within(expected, text.size())));
            assertThat(round.pieces()).hasSize(round.result().tokens().size());
            text = text.plus(round.result().tokens());
            ended = round.result().ended();
        }
        assertThat(text).isEqualTo(expected);
        decoder.release();
        assertThat(model.openSequences()).isZero();
    }

    /** The text from {@code from} on, without what the context's last place takes: no draft can stand there. */
    private static Tokens within(Tokens expected, int from) {
        return expected.slice(from, Math.max(from, expected.size() - 1));
    }

    private static TokenTree chain(int... tokens) {
        return TokenTree.chain(Tokens.of(tokens));
    }
}
