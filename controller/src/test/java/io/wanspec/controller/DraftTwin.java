package io.wanspec.controller;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import java.util.List;

/** The simplest honest draft worker: one guess a pass behind whatever it was told last, as far as it may. */
final class DraftTwin {
    /** When the last message reaches it; the link keeps their order. */
    long lastHeard;

    boolean working;

    private final HashModel model;
    private Tokens prefix;
    private Tokens drafted = Tokens.none();
    private int upTo;

    DraftTwin(HashModel model, Tokens prefix, int upTo) {
        this.model = model;
        this.prefix = prefix;
        this.upTo = upTo;
    }

    void advance(DraftFrame.Advance frame) {
        if (frame.position() != prefix.size() || !Branch.of(prefix).equals(frame.branch())) {
            throw new AssertionError("an advance must continue what the worker was told");
        }
        Tokens told = frame.committed().plus(frame.path());
        prefix = prefix.plus(frame.committed());
        int agreed = drafted.commonPrefix(told);
        drafted = agreed == told.size() || agreed == drafted.size()
                ? longer(drafted, told).from(frame.committed().size())
                : frame.path();
        upTo = frame.draftUpTo();
    }

    boolean mayDraft() {
        return prefix.size() + drafted.size() < upTo;
    }

    DraftFrame.Drafted draft() {
        Branch branch = Branch.of(prefix.plus(drafted));
        int token = model.draft(branch);
        int position = prefix.size() + drafted.size();
        drafted = drafted.plus(token);
        return new DraftFrame.Drafted(position, branch, Tokens.of(token), List.of(700), 1, 8_000);
    }

    private static Tokens longer(Tokens a, Tokens b) {
        return a.size() >= b.size() ? a : b;
    }
}
