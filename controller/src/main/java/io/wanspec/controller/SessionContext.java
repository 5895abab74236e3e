package io.wanspec.controller;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.controller.estimate.TargetEstimate;
import java.util.ArrayList;
import java.util.List;

/**
 * What all parts of one session's controller share: the request and its settings, what is committed and drafted so far, what was
 * learned, the time of the event at hand, and the actions that it has led to.
 */
final class SessionContext {
    private final GenerationRequest request;
    private ControllerSettings settings;
    private boolean plain;
    private final LearnedEstimates learnedBefore;
    private final Progress resumedFrom;
    private final Committed committed;
    private final DraftTree tree;
    private final TargetEstimate estimate;
    private final LossWatch loss = new LossWatch();
    private final Counts counts = new Counts();
    private final EventTime time = new EventTime();
    private List<Action> actions = new ArrayList<>();

    /**
     * @param earlier what requests before this one have taught; only a guarded session heeds it
     * @param resumedFrom what is committed already
     */
    SessionContext(
            GenerationRequest request, ControllerSettings settings, LearnedEstimates earlier, Progress resumedFrom) {
        this.request = request;
        this.resumedFrom = resumedFrom;
        learnedBefore = settings.guarded() ? earlier : LearnedEstimates.none();
        this.settings = settings;
        committed = new Committed(request.prompt(), request.maxTokens());
        committed.append(resumedFrom.tokens());
        tree = new DraftTree(committed.all(), Limits.DRAFT_TREE_NODES_MAX);
        estimate = new TargetEstimate(
                learnedBefore.acceptance(),
                learnedBefore.tokenShare(),
                learnedBefore.calibration(),
                learnedBefore.load());
        // What others' drafts have cost says nothing of a text that is predicted.
        if (request.prediction().isEmpty() && (learnedBefore.rests(request.session()) || isAlone())) {
            decodePlainly();
        }
    }

    /** Nobody drafts for a session that could speculate. */
    private boolean isAlone() {
        return settings.guarded() && settings.workers().isEmpty();
    }

    GenerationRequest request() {
        return request;
    }

    ControllerSettings settings() {
        return settings;
    }

    /** From here on the target decodes alone. */
    void decodePlainly() {
        settings = settings.withoutDrafts();
        plain = true;
    }

    /** Whether it was held back from speculating, from its beginning or from some time on. */
    boolean isPlain() {
        return plain;
    }

    /** What speculation costs this session, if it speculates. */
    LossWatch loss() {
        return loss;
    }

    /** What another controller had committed before this one began. */
    Progress resumedFrom() {
        return resumedFrom;
    }

    LearnedEstimates learnedBefore() {
        return learnedBefore;
    }

    Committed committed() {
        return committed;
    }

    /** The draft tokens that are known behind what is committed. */
    DraftTree tree() {
        return tree;
    }

    /** What this session has learned of the target and of its drafts' acceptance. */
    TargetEstimate estimate() {
        return estimate;
    }

    Counts counts() {
        return counts;
    }

    EventTime time() {
        return time;
    }

    /** Time of the event at hand, in nanoseconds. */
    long now() {
        return time.now();
    }

    /** How many tokens the answer may still grow by. */
    int tokensLeft() {
        return request.maxTokens() - committed.generatedTokens();
    }

    void act(Action action) {
        actions.add(action);
    }

    void note(NoteCode code, String detail) {
        act(new Action.Note(code, detail));
    }

    /** The actions since the last call, in order. */
    List<Action> drainActions() {
        List<Action> drained = actions;
        actions = new ArrayList<>();
        return drained;
    }
}
