package io.wanspec.controller;

import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.controller.estimate.TargetEstimate;
import io.wanspec.controller.tree.Frontier;
import java.util.List;

/**
 * Takes in the target's answers: commits their tokens, emits the text that they make, and learns from them how good the drafts
 * were.
 */
final class AnswerIntake {
    private static final long NANOS_PER_MICRO = 1_000;

    private final SessionContext session;
    private final TargetLink target;
    private final LookupDrafts lookup;
    private final StopGate gate;
    private long lastAnswerAt;

    /** What an answer has led to. */
    sealed interface Outcome {}

    /** It answers no outstanding round. */
    record Ignored() implements Outcome {}

    /** It contradicts the round that it claims to answer: the target cannot be trusted any more. */
    record Misfit() implements Outcome {}

    /**
     * Tokens were committed.
     *
     * @param asDrafted whether they are the draft's first choices, as far as those were known
     * @param knownUpTo position of the first token on the best path that is not drafted yet
     */
    record Commit(boolean asDrafted, int knownUpTo) implements Outcome {}

    /** Tokens were committed, and the answer is complete. */
    record Complete(FinishReason reason) implements Outcome {}

    AnswerIntake(SessionContext session, TargetLink target, LookupDrafts lookup) {
        this.session = session;
        this.target = target;
        this.lookup = lookup;
        gate = new StopGate(StopRule.of(session.request()));
        resume(session.resumedFrom());
    }

    /** What was shown before counts as text of this session; what was held back still is. */
    private void resume(Progress progress) {
        gate.pass(progress.pieces(), progress.logprobs()).texts().forEach(session.counts()::onText);
        if (gate.isStopped() || session.tokensLeft() < 1 || progress.finish() != null) {
            throw new IllegalArgumentException("the text is complete: there is nothing to go on with");
        }
    }

    /** The time from here to the first answer is the first round's. */
    void onStarted() {
        lastAnswerAt = session.now();
    }

    /** The target was away: the next round's time begins here. */
    void onReadyAgain() {
        lastAnswerAt = session.now();
    }

    Outcome take(TargetFrame.Verified frame) {
        TargetFrame.Verify asked = target.answered(frame.round());
        if (asked == null || target.isRepeated(frame)) {
            return new Ignored();
        }
        if (!isAnswerTo(asked, frame)) {
            return new Misfit();
        }
        long now = session.now();
        session.counts().onRound(asked.drafts().depth(), frame.accepted(), now);
        session.estimate()
                .onRound(asked.drafts().size(), frame.tokens().size(), now - target.askedAt(), now - lastAnswerAt);
        PassLoad load = frame.load();
        if (load != null) {
            session.estimate().onLoad(load, frame.passMicros() * NANOS_PER_MICRO, now - lastAnswerAt);
        }
        if (session.settings().runLength() > 0) {
            session.loss().onRound(frame.tokens().size(), now - lastAnswerAt, session.estimate());
        }
        lookup.onAnswer(frame.tokens());
        target.onAnswer(asked, frame);
        lastAnswerAt = now;
        return commit(frame);
    }

    private boolean isAnswerTo(TargetFrame.Verify asked, TargetFrame.Verified frame) {
        return frame.position() == asked.position()
                && frame.branch().equals(asked.branch())
                && asked.drafts().depthOf(frame.tokens().slice(0, frame.accepted())) == frame.accepted()
                && frame.tokens().size() <= frame.accepted() + 1
                && (frame.logprobs() != null) == session.request().logprobs().isPresent()
                && (!frame.goesOn() || (asked.onward() > 0 && !frame.ended()));
    }

    private Outcome commit(TargetFrame.Verified frame) {
        int from = session.committed().size();
        int room = session.tokensLeft();
        int kept = 0;
        Logprobs told = frame.logprobs() == null ? Logprobs.none() : frame.logprobs();
        SeenText shown = SeenText.none();
        while (kept < frame.tokens().size() && kept < room && !gate.isStopped()) {
            shown = shown.plus(gate.pass(frame.pieces().subList(kept, kept + 1), told.slice(kept, kept + 1)));
            kept++;
        }
        Tokens tokens = frame.tokens().slice(0, kept);
        session.committed().append(tokens);
        boolean stopped =
                gate.isStopped() || (frame.ended() && kept == frame.tokens().size());
        boolean complete = stopped || session.tokensLeft() == 0;
        emit(tokens, complete ? gate.end(shown) : shown);
        FinishReason finish = stopped ? FinishReason.STOP : complete ? FinishReason.LENGTH : null;
        session.act(new Action.Checkpoint(
                from, new Progress(tokens, frame.pieces().subList(0, kept), finish, told.slice(0, kept))));
        return finish == null ? follow(tokens) : new Complete(finish);
    }

    private void emit(Tokens tokens, SeenText seen) {
        seen.texts().forEach(session.counts()::onText);
        session.act(new Action.Emit(tokens, seen));
    }

    private Commit follow(Tokens tokens) {
        boolean asDrafted = followsBestPath(tokens);
        DraftTree tree = session.tree();
        tree.commit(tokens);
        lookup.onCommitted(tokens);
        return new Commit(asDrafted, tree.position(Frontier.ofBestPath(tree)) + 1);
    }

    /** Whether the draft's first choices were right as far as they are known; learns from each. */
    private boolean followsBestPath(Tokens tokens) {
        DraftTree tree = session.tree();
        TargetEstimate estimate = session.estimate();
        int node = tree.root();
        boolean follows = true;
        for (int i = 0; i < tokens.size() && node != DraftTree.NONE && !tree.isLeaf(node); i++) {
            int best = tree.bestChild(node);
            boolean right = tree.token(best) == tokens.get(i);
            estimate.onFirstChoice(Math.exp(tree.surprisal(node) - tree.surprisal(best)), right);
            follows &= right;
            node = tree.child(node, tokens.get(i));
        }
        return follows;
    }

    /** The request fails: what was held back as the possible start of a stop string is shown. */
    void flush() {
        String rest = gate.flush();
        if (!rest.isEmpty()) {
            emit(Tokens.none(), SeenText.of(List.of(rest)));
        }
    }
}
