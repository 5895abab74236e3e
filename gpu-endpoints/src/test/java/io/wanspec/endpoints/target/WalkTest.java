package io.wanspec.endpoints.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.Pace;
import io.wanspec.endpoints.compute.SequencePool;
import io.wanspec.endpoints.twin.HashModel;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Verification against one-token-at-a-time decoding. */
class WalkTest {
    @Test
    void stopsBehindTheFirstDisagreement() {
        Walk walk = Walk.along(Tokens.of(5, 6, 7), i -> i == 1 ? 9 : 5 + i, token -> false);
        assertThat(walk).isEqualTo(new Walk(1, Tokens.of(5, 9), false));
    }

    @Test
    void addsABonusTokenToARunThatWasRight() {
        Walk walk = Walk.along(Tokens.of(5, 6), i -> 5 + i, token -> false);
        assertThat(walk).isEqualTo(new Walk(2, Tokens.of(5, 6, 7), false));
    }

    @Test
    void anEndIsTheLastTokenWhetherItWasGuessedOrNot() {
        assertThat(Walk.along(Tokens.of(5, 0, 7), i -> i == 1 ? 0 : 5, token -> token == 0))
                .isEqualTo(new Walk(2, Tokens.of(5, 0), true));
        assertThat(Walk.along(Tokens.of(5, 8), i -> i == 1 ? 0 : 5, token -> token == 0))
                .isEqualTo(new Walk(1, Tokens.of(5, 0), true));
    }

    @Property(tries = 300)
    void whateverIsDraftedTheTextIsTheTargetsOwn(@ForAll long seed) {
        Random random = new Random(seed);
        HashModel model = HashModel.target(200);
        Engine engine = new Engine(model, new SequencePool(model, 0, 1), Pace.none());
        SamplingOptions options = new SamplingOptions(random.nextInt(3) / 2.0, random.nextInt(9), 0.9, seed);
        Tokens prompt = Tokens.of(random.ints(1 + random.nextInt(150), 1, 40).toArray());
        Tokens expected = model.decode(prompt, options, 200 - prompt.size());
        TargetDecoder decoder = new TargetDecoder(engine, options, prompt, prompt.size());
        while (!decoder.isFilled()) {
            decoder.fill();
        }
        Tokens text = Tokens.none();
        boolean ended = false;
        while (!ended && decoder.hasRoom()) {
            Tokens drafts = drafts(random, expected.from(text.size()));
            TargetDecoder.Round round = decoder.verify(drafts);
            assertThat(round.walk().accepted()).isLessThanOrEqualTo(drafts.size());
            assertThat(round.pieces()).hasSize(round.walk().tokens().size());
            text = text.plus(round.walk().tokens());
            ended = round.walk().ended();
        }
        assertThat(text).isEqualTo(expected);
        decoder.release();
        assertThat(model.openSequences()).isZero();
    }

    /** The truth for a while, then anything, ids that do not exist included. */
    private static Tokens drafts(Random random, Tokens truth) {
        Tokens right = truth.slice(0, Math.min(truth.size(), random.nextInt(8)));
        return right.plus(Tokens.of(random.ints(random.nextInt(5), 0, 45).toArray()));
    }
}
