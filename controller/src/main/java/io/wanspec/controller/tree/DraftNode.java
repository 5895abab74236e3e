package io.wanspec.controller.tree;

import io.wanspec.contracts.Branch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One guessed token behind a known prefix; the root stands for the committed prefix. */
public final class DraftNode {
    private final Branch branch;
    private final int position;
    private final int token;
    private final int entropyMilliNats;
    private final List<DraftNode> children = new ArrayList<>(1);
    private long workers;

    DraftNode(Branch branch, int position, int token, int entropyMilliNats) {
        this.branch = branch;
        this.position = position;
        this.token = token;
        this.entropyMilliNats = entropyMilliNats;
    }

    /** The prefix up to this token, this token included. */
    public Branch branch() {
        return branch;
    }

    /** Absolute position of this token. */
    public int position() {
        return position;
    }

    public int token() {
        return token;
    }

    /** Entropy of the draft's distribution when it guessed this token, in thousandths of a nat. */
    public int entropyMilliNats() {
        return entropyMilliNats;
    }

    /** Whether the worker of this index (0 to 63) guessed this token here. */
    public boolean isFrom(int worker) {
        return (workers & (1L << worker)) != 0;
    }

    void addWorker(int worker) {
        workers |= 1L << worker;
    }

    List<DraftNode> children() {
        return children;
    }

    @Nullable
    DraftNode child(int wanted) {
        for (DraftNode child : children) {
            if (child.token == wanted) {
                return child;
            }
        }
        return null;
    }
}
