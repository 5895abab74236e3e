package io.wanspec.evaluation.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * How often the i-th draft of a round is accepted, given that those before it were.
 *
 * @param tries rounds in which all drafts before it were accepted and the text went on
 * @param accepted how many of them accepted it too
 */
record PositionShare(int tries, int accepted) {
    /** Drafts of a round. */
    static final int DRAFTS = 8;

    double acceptance() {
        return (double) accepted / tries;
    }

    /**
     * Cuts each text into the rounds of co-located speculative decoding with {@value #DRAFTS} drafts: a round ends with the first
     * draft that is not accepted, whose place the target's token takes, or with the target's bonus token behind the last draft.
     *
     * @return for i = 1, 2, …, as far as there was a try
     */
    static List<PositionShare> of(DraftPredictions predictions) {
        int[] tries = new int[DRAFTS];
        int[] accepted = new int[DRAFTS];
        for (DraftPredictions.Text text : predictions.texts()) {
            int at = 0;
            while (at < text.size()) {
                at += round(text, at, tries, accepted);
            }
        }
        List<PositionShare> shares = new ArrayList<>();
        for (int i = 0; i < DRAFTS && tries[i] > 0; i++) {
            shares.add(new PositionShare(tries[i], accepted[i]));
        }
        return shares;
    }

    /** @return how many tokens the round from {@code from} on yields */
    private static int round(DraftPredictions.Text text, int from, int[] tries, int[] accepted) {
        for (int i = 0; i < DRAFTS && from + i < text.size(); i++) {
            tries[i]++;
            if (!text.accepted(from + i)) {
                return i + 1;
            }
            accepted[i]++;
        }
        return DRAFTS + 1;
    }
}
