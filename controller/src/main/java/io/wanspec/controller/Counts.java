package io.wanspec.controller;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.ledger.ChosenDraft;
import io.wanspec.contracts.ledger.TokenDetails;
import java.util.ArrayList;
import java.util.List;

/** The session's running counts. */
final class Counts {
    private static final long NONE = -1;
    private static final int UNSAID = -1;
    private static final int CHOICES_MAX = 16;

    private final StringBuilder text = new StringBuilder();
    private final List<Integer> proposed = new ArrayList<>();
    private final List<Integer> accepted = new ArrayList<>();
    private final List<ChosenDraft> choices = new ArrayList<>();
    private long startedAt;
    private long firstTokenAt = NONE;
    private long stallNanos;
    private int targetPasses;
    private int busyDraftPasses;
    private int remoteDraftPasses;
    private int cachedTokens = UNSAID;
    private int predictedRight;
    private int predictedWrong;

    void onStarted(long now) {
        startedAt = now;
    }

    /**
     * @param depth of the deepest draft of the round
     * @param acceptedDrafts how many drafts agreed, one behind the other
     */
    void onRound(int depth, int acceptedDrafts, long now) {
        targetPasses++;
        if (firstTokenAt == NONE) {
            firstTokenAt = now;
        }
        for (int i = 0; i < depth; i++) {
            if (proposed.size() == i) {
                proposed.add(0);
                accepted.add(0);
            }
            proposed.set(i, proposed.get(i) + 1);
            accepted.set(i, accepted.get(i) + (i < acceptedDrafts ? 1 : 0));
        }
    }

    /** The target has the prefix: what it says the first time is what it saved of the prompt's passes. */
    void onCached(int tokens, int promptTokens) {
        if (cachedTokens == UNSAID) {
            cachedTokens = Math.min(tokens, promptTokens);
        }
    }

    /** So many tokens of the request's prediction were put to the target, which accepted some. */
    void onPredicted(int right, int wrong) {
        predictedRight += right;
        predictedWrong += wrong;
    }

    void onDraftPasses(Place place, int passes) {
        switch (place) {
            case BUSY_REGION -> busyDraftPasses = sum(busyDraftPasses, passes);
            case DRAFT_REGION -> remoteDraftPasses = sum(remoteDraftPasses, passes);
        }
    }

    /** A worker says what it likes; it must not make a count negative. */
    private static int sum(int before, int more) {
        return (int) Math.min((long) before + more, Integer.MAX_VALUE);
    }

    /** Of many changes the first ones are kept. */
    void onChosen(WorkerId worker, int fromToken, String why) {
        if (choices.size() < CHOICES_MAX) {
            choices.add(new ChosenDraft(worker.value(), fromToken, why));
        }
    }

    List<ChosenDraft> choices() {
        return choices;
    }

    void onStall(long nanos) {
        stallNanos += nanos;
    }

    void onText(String more) {
        text.append(more);
    }

    Tally tally(Tokens tokens, LearnedEstimates learned, PlacementReport placement, long now) {
        return new Tally(
                text.toString(),
                tokens,
                targetPasses,
                busyDraftPasses,
                remoteDraftPasses,
                proposed,
                accepted,
                stallNanos,
                firstTokenAt == NONE ? 0 : firstTokenAt - startedAt,
                now - startedAt,
                learned,
                placement,
                new TokenDetails(Math.max(0, cachedTokens), Math.min(predictedRight, tokens.size()), predictedWrong));
    }
}
