package io.wanspec.controller;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.contracts.tree.IntColumn;
import io.wanspec.controller.estimate.Calibration;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes in what workers send: places their draft tokens in the session's tree, whoever sent them, in which order, how often. What
 * fits nowhere is dropped, so a late, repeated or invented frame is harmless.
 */
final class DraftIntake {
    private static final int ORPHANS_MAX = 8;
    private static final double MILLI = 1e3;

    private final Committed committed;
    private final DraftTree tree;
    private final IntColumn entropies;
    private final Calibration calibration;
    private final List<Orphan> orphans = new ArrayList<>();

    /** A frame none of whose prefixes is known yet: it overtook the one before it. */
    private record Orphan(WorkerState worker, DraftFrame.Drafted frame) {}

    /** What became of a frame. */
    enum Outcome {
        /** Some of it continues what is committed or drafted. */
        PLACED,
        /** It is about prefixes that the target has gone past or contradicted. */
        STALE,
        /** It is about prefixes that nobody has named yet. */
        UNKNOWN
    }

    DraftIntake(Committed committed, DraftTree tree, Calibration calibration) {
        this.calibration = calibration;
        this.committed = committed;
        this.tree = tree;
        this.entropies = tree.newIntColumn();
    }

    /** Takes a frame and those that waited for it. */
    void take(WorkerState worker, DraftFrame.Drafted frame) {
        if (place(worker, frame) == Outcome.UNKNOWN) {
            if (orphans.size() < ORPHANS_MAX) {
                orphans.add(new Orphan(worker, frame));
            }
        } else if (!orphans.isEmpty()) {
            placeOrphans();
        }
    }

    void onCommitted() {
        orphans.removeIf(orphan -> furthest(orphan.frame()) <= committed.size());
    }

    private void placeOrphans() {
        boolean progress = true;
        while (progress) {
            progress = orphans.removeIf(
                    orphan -> orphan.worker().isAlive() && place(orphan.worker(), orphan.frame()) != Outcome.UNKNOWN);
        }
    }

    private Outcome place(WorkerState worker, DraftFrame.Drafted frame) {
        int at = 0;
        int first = -1;
        boolean behind = false;
        for (int i = 0; i < frame.size(); i++) {
            int position = frame.positions().get(i);
            Branch branch = frame.branches().get(i);
            if (position < committed.size()) {
                behind |= followsCommitted(frame, at, position, branch);
            } else {
                int node = tree.find(branch.digest());
                if (node != DraftTree.NONE && tree.position(node) == position - 1) {
                    add(node, frame, i, at);
                    first = first < 0 ? position : first;
                }
            }
            at += frame.counts().get(i);
        }
        return conclude(worker, frame, first, behind);
    }

    /** A prefix that is committed by now: was the draft's first choice behind it right? */
    private boolean followsCommitted(DraftFrame.Drafted frame, int at, int position, Branch branch) {
        return position >= committed.promptTokens()
                && committed.isPrefix(position, branch)
                && frame.candidates().get(at) == committed.token(position);
    }

    private Outcome conclude(WorkerState worker, DraftFrame.Drafted frame, int first, boolean behind) {
        if (first >= 0) {
            worker.forecast().onUseful(first);
            return Outcome.PLACED;
        }
        if (behind) {
            worker.forecast().onUseful(frame.positions().get(0));
            return Outcome.STALE;
        }
        return furthest(frame) > committed.size() ? Outcome.UNKNOWN : Outcome.STALE;
    }

    private void add(int node, DraftFrame.Drafted frame, int prefix, int at) {
        entropies.set(node, Math.max(0, frame.entropiesMilliNats().get(prefix)));
        for (int rank = 0; rank < frame.counts().get(prefix); rank++) {
            int token = frame.candidates().get(at + rank);
            double nats = frame.surprisalsMilliNats().get(at + rank) / MILLI;
            tree.add(node, token, rank, nats * calibration.factor());
        }
    }

    /** Entropy of the draft's distribution behind this node, in thousandths of a nat; 0 if none was sent. */
    int entropyBehind(int node) {
        return entropies.get(node);
    }

    private static int furthest(DraftFrame.Drafted frame) {
        int furthest = 0;
        for (int i = 0; i < frame.size(); i++) {
            furthest = Math.max(furthest, frame.positions().get(i));
        }
        return furthest;
    }
}
