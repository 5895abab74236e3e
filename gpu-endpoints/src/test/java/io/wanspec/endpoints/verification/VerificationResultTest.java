package io.wanspec.endpoints.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
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
        assertThat(VerifiableDrafts.of(tree, 40, 2)).isEqualTo(new TokenTree(Tokens.of(5, 7), Ints.of(-1, 0)));
        assertThat(VerifiableDrafts.of(tree, 41, 0)).isEqualTo(TokenTree.none());
        assertThat(VerifiableDrafts.of(chain(1, 2, 3), 40, 3)).isEqualTo(chain(1, 2, 3));
    }

    @SeededTest(tries = 300)
    void whateverIsDraftedTheTextIsTheTargetsOwn(Random random) {
        HashModel model = HashModel.target(200);
        Engine engine = new Engine(model, new SequencePool(model, 0, 1), MinimumPassTime.none());
        SamplingOptions options =
                new SamplingOptions(random.nextInt(3) * 0.4, random.nextInt(9), 0.9, Gen.anyLong(random));
        Tokens prompt = Tokens.of(random.ints(1 + random.nextInt(150), 1, 40).toArray());
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
