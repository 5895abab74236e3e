package io.wanspec.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.TokenDetails;
import io.wanspec.contracts.request.Goal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a request's prediction was good for, in virtual time. Without workers each looked-up token is the prediction's, or none is. */
class PredictionCountsTest {
    private static final int TOKENS = 60;
    private static final HashModel MODEL = new HashModel(3, 1, 0);
    private static final Tokens PROMPT = Tokens.of(5, 6, 7);
    private static final Tokens TEXT = MODEL.decode(PROMPT, TOKENS);

    @Test
    void aRightOneSavesPassesAndIsAccepted() {
        Tally tally = run(TEXT);
        TokenDetails details = tally.details();
        assertThat(tally.targetPasses()).isLessThan(TOKENS / 2);
        // The rest are the target's own, one a pass.
        assertThat(details.acceptedPredictionTokens()).isEqualTo(TOKENS - tally.targetPasses());
        assertThat(details.rejectedPredictionTokens()).isZero();
    }

    /** It waits for none of them, and its tokens are its own although workers draft the same. */
    @Test
    void aRightOneGoesBeforeDrafts() {
        Tally tally = run(TEXT, List.of(World.REMOTE, World.BUSY));
        assertThat(tally.tokens()).isEqualTo(TEXT);
        assertThat(tally.targetPasses()).isEqualTo(run(TEXT).targetPasses());
        assertThat(tally.details().acceptedPredictionTokens()).isEqualTo(TOKENS - tally.targetPasses());
    }

    @Test
    void behindTheEndOfARightOneDraftsGoOn() {
        Tally tally = run(TEXT.slice(0, TOKENS / 2), List.of(World.REMOTE, World.BUSY));
        assertThat(tally.tokens()).isEqualTo(TEXT);
        assertThat(tally.details().acceptedPredictionTokens()).isBetween(1, TOKENS / 2);
        assertThat(tally.targetPasses())
                .isLessThan(run(TEXT.slice(0, TOKENS / 2)).targetPasses());
    }

    @Test
    void aWrongOneIsRejectedOnce() {
        TokenDetails details = run(wrong(0)).details();
        assertThat(details.acceptedPredictionTokens()).isZero();
        assertThat(details.rejectedPredictionTokens()).isPositive();
    }

    @Test
    void ofOneThatIsRightForAWhileEachIsCounted() {
        int right = TOKENS / 2;
        Tally tally = run(TEXT.slice(0, right).plus(wrong(right)));
        assertThat(tally.details().acceptedPredictionTokens()).isBetween(1, right);
        assertThat(tally.details().rejectedPredictionTokens()).isPositive();
        assertThat(tally.tokens()).isEqualTo(TEXT);
    }

    @Test
    void withoutOneNothingIsCounted() {
        assertThat(run(Tokens.none()).details()).isEqualTo(TokenDetails.none());
    }

    /** From here on none of the text's. */
    private static Tokens wrong(int from) {
        return Tokens.of(IntStream.range(from, TOKENS)
                .map(i -> TEXT.get(i) == 1 ? 2 : TEXT.get(i) - 1)
                .toArray());
    }

    private static Tally run(Tokens prediction) {
        return run(prediction, List.of());
    }

    private static Tally run(Tokens prediction, List<Worker> workers) {
        GenerationRequest request = new GenerationRequest(
                        new SessionId("s"), PROMPT, SamplingOptions.greedy(), TOKENS, List.of())
                .predicting(prediction);
        ControllerSettings settings = GoalSettings.of(Goal.ECONOMY, World.TARGET, workers);
        World world = new World(1, MODEL, World.Faults.none(0), request, settings);
        return switch (world.run()) {
            case Action.Finish finish -> finish.tally();
            default -> throw new AssertionError("the request ends well");
        };
    }
}
