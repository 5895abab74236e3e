package io.wanspec.controller;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.controller.estimate.Average;
import io.wanspec.controller.lookup.FreeDrafter;

/**
 * Draft tokens that need no model: behind the end of what the workers have drafted, a round takes along what the text itself
 * suggests. Keeps those of the outstanding round, and learns how often such tokens are accepted.
 */
final class LookupDrafts {
    private static final double ACCEPTANCE_PRIOR = 0.3;

    /** Whoever predicts a text knows most of it, as when a word of a file is to be changed. */
    private static final double ACCEPTANCE_PRIOR_PREDICTED = 0.8;

    private static final double WEIGHT = 0.05;

    private final SessionContext session;
    private final FreeDrafter drafter;
    private final Average acceptance;

    /** Of the outstanding round. */
    private Tail outstanding = Tail.NONE;

    /**
     * What was looked up for a round.
     *
     * @param path the drafted tokens in front of it
     * @param drafts the tokens themselves
     * @param predicted how many of the first of them are the request's prediction
     */
    record Tail(Tokens path, Tokens drafts, int predicted) {
        static final Tail NONE = new Tail(Tokens.none(), Tokens.none(), 0);
    }

    LookupDrafts(SessionContext session, FreeDrafter drafter) {
        this.session = session;
        this.drafter = drafter;
        acceptance = new Average(
                session.request().prediction().isEmpty() ? ACCEPTANCE_PRIOR : ACCEPTANCE_PRIOR_PREDICTED, WEIGHT);
        drafter.onCommitted(session.request().prompt());
        drafter.onCommitted(session.resumedFrom().tokens());
    }

    /**
     * What to take along in a round that would begin now.
     *
     * @param end where the drafted path ends
     * @param probabilityMin how likely a token must be to be worth its place in a round
     * @param room how many more tokens the round takes
     */
    Tail behind(int end, double probabilityMin, int room) {
        int most = Math.min(session.settings().lookupTokens(), room);
        int worthIt = most <= 0 ? 0 : worthTaking(Math.exp(-session.tree().surprisal(end)), probabilityMin, most);
        if (worthIt == 0) {
            return Tail.NONE;
        }
        Tokens path = pathTo(end);
        Tokens drafts = drafter.continuation(path, worthIt);
        return new Tail(path, drafts, drafter.predicted(path, drafts.size()));
    }

    /** Whether the next tokens are known without any draft, as far as the request's prediction has been right. */
    boolean isForeseen() {
        return session.settings().lookupTokens() > 0 && drafter.isForeseen();
    }

    private int worthTaking(double reached, double probabilityMin, int most) {
        double probability = reached;
        int count = 0;
        while (count < most && probability * acceptance.value() >= probabilityMin) {
            probability *= acceptance.value();
            count++;
        }
        return count;
    }

    private Tokens pathTo(int node) {
        DraftTree tree = session.tree();
        int[] path = new int[tree.depth(node)];
        int at = node;
        for (int i = path.length - 1; i >= 0; i--) {
            path[i] = tree.token(at);
            at = tree.parent(at);
        }
        return Tokens.of(path);
    }

    /** A round begins with these. */
    void onRound(Tail tail) {
        outstanding = tail;
    }

    /** The round was answered with {@code tokens}: how many of its looked-up tokens were right? */
    void onAnswer(Tokens tokens) {
        int from = outstanding.path().size();
        Tokens expected = outstanding.path().plus(outstanding.drafts());
        int agreed = tokens.commonPrefix(expected);
        for (int i = from; i < agreed; i++) {
            acceptance.add(1);
        }
        if (agreed >= from && agreed < expected.size()) {
            acceptance.add(0);
        }
        int right = Math.clamp(agreed - from, 0, outstanding.predicted());
        session.counts().onPredicted(right, outstanding.predicted() - right);
        outstanding = Tail.NONE;
    }

    /** The text goes on. */
    void onCommitted(Tokens tokens) {
        drafter.onCommitted(tokens);
    }
}
