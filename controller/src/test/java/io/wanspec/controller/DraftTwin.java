package io.wanspec.controller;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The simplest honest draft worker: one draft token a pass behind whatever it was told last, as far as it may; no trees. */
final class DraftTwin {
    private static final int ENTROPY_MILLI_NATS = 700;
    private static final int SURPRISAL_MILLI_NATS = 300;
    private static final long PASS_MICROS = 8_000;

    /** When the last message reaches it; the link keeps their order. */
    long lastHeard;

    boolean working;

    private final HashModel model;
    private Tokens prefix;
    private Tokens drafted = Tokens.none();
    private int upTo;
    private DraftFrame.@Nullable Expand asked;

    DraftTwin(HashModel model, Tokens prefix, int upTo) {
        this.model = model;
        this.prefix = prefix;
        this.upTo = upTo;
    }

    void advance(DraftFrame.Advance frame) {
        if (frame.position() != prefix.size() || !Branch.of(prefix).equals(frame.branch())) {
            throw new AssertionError("an advance must continue what the worker was told");
        }
        Tokens told = frame.committed();
        prefix = prefix.plus(told);
        boolean agrees = drafted.commonPrefix(told) == told.size();
        drafted = agrees ? drafted.from(told.size()) : Tokens.none();
        upTo = frame.plan().draftUpTo();
    }

    void expand(DraftFrame.Expand frame) {
        asked = frame;
    }

    boolean mayDraft() {
        return asked != null || prefix.size() + drafted.size() < upTo;
    }

    DraftFrame.Drafted draft() {
        DraftFrame.Expand wish = asked;
        asked = null;
        return wish == null ? draftOn() : answer(wish);
    }

    private DraftFrame.Drafted draftOn() {
        Branch branch = Branch.of(prefix.plus(drafted));
        int token = model.draft(branch);
        int position = prefix.size() + drafted.size();
        drafted = drafted.plus(token);
        return DraftFrame.Drafted.single(
                position, branch, token, ENTROPY_MILLI_NATS, SURPRISAL_MILLI_NATS, prefix.size(), 1, PASS_MICROS);
    }

    private DraftFrame.Drafted answer(DraftFrame.Expand wish) {
        int size = wish.wanted().size();
        int[] positions = new int[size];
        int[] tokens = new int[size];
        int[] ones = new int[size];
        int[] entropies = new int[size];
        int[] surprisals = new int[size];
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Tokens path = path(wish.drafts(), wish.wanted().get(i));
            branches.add(wish.branch().then(path));
            positions[i] = wish.position() + path.size();
            tokens[i] = model.draft(branches.get(i));
        }
        Arrays.fill(ones, 1);
        Arrays.fill(entropies, ENTROPY_MILLI_NATS);
        Arrays.fill(surprisals, SURPRISAL_MILLI_NATS);
        return new DraftFrame.Drafted(
                Ints.of(positions),
                branches,
                Ints.of(entropies),
                Ints.of(ones),
                Tokens.of(tokens),
                Ints.of(surprisals),
                prefix.size(),
                1,
                PASS_MICROS);
    }

    private static Tokens path(TokenTree tree, int node) {
        return node == TokenTree.PREFIX
                ? Tokens.none()
                : path(tree, tree.parents().get(node)).plus(tree.tokens().get(node));
    }
}
