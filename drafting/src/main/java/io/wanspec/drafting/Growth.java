package io.wanspec.drafting;

import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.contracts.tree.FlagColumn;
import io.wanspec.contracts.tree.IntColumn;
import io.wanspec.contracts.tree.NodeHeap;
import java.util.function.IntPredicate;

/**
 * Which nodes a worker forwards next: best-first by the probability of the path.
 *
 * <p>Several workers divide the alternatives: all of them follow the draft's first choices from the committed prefix, and
 * what branches off there belongs to one of them, with everything behind it.
 */
final class Growth {
    private static final double MILLI = 1_000;

    /** What belongs to every worker; else the owner is a worker's share and one. */
    private static final int EVERYBODY = 0;

    private final DraftTree tree;
    private final FlagColumn forwarded;
    private final IntColumn owners;

    /** Nodes whose one child was given without a pass. */
    private final FlagColumn given;

    private final NodeHeap open = new NodeHeap();
    private final IntPredicate endsSequence;
    private final int promptTokens;
    private DraftPlan plan = DraftPlan.chain(0);

    /**
     * @param forwarded nodes whose keys and values the cache holds, or will when the pass under way ends
     * @param endsSequence whether a token ends a sequence, so that nothing follows it
     * @param promptTokens tokens in front of which nothing ends
     */
    Growth(DraftTree tree, FlagColumn forwarded, IntPredicate endsSequence, int promptTokens) {
        this.tree = tree;
        this.forwarded = forwarded;
        owners = tree.newIntColumn();
        given = tree.newFlagColumn();
        this.endsSequence = endsSequence;
        this.promptTokens = promptTokens;
    }

    /** Another plan, or another root: what is open is found anew. */
    void restart(DraftPlan newPlan) {
        plan = newPlan;
        open.clear();
        owners.set(tree.root(), EVERYBODY);
        open(tree.root());
    }

    /** A node has got the one child that it can have, without a pass. */
    void onGiven(int node) {
        given.set(node);
        onChildren(node);
    }

    boolean isGiven(int node) {
        return given.isSet(node);
    }

    /** A node has got its children. */
    void onChildren(int node) {
        for (int child = tree.firstChild(node); child != DraftTree.NONE; child = tree.nextSibling(child)) {
            inherit(node, child);
            open(child);
        }
    }

    /** Takes the best node out; {@link DraftTree#NONE} if nothing is worth a pass. */
    int poll() {
        while (!open.isEmpty()) {
            int best = open.poll();
            if (!forwarded.isSet(best) && !given.isSet(best)) {
                return best;
            }
        }
        return DraftTree.NONE;
    }

    /** Takes back what {@link #poll} gave. */
    void putBack(int node) {
        open.push(node, tree.surprisal(node));
    }

    private void open(int node) {
        if (!mayFollow(node)) {
            return;
        }
        if (forwarded.isSet(node) || given.isSet(node)) {
            onChildren(node);
        } else {
            open.push(node, tree.surprisal(node));
        }
    }

    /** Whether what follows a node may be drafted. */
    boolean mayFollow(int node) {
        return tree.position(node) + 1 < plan.draftUpTo()
                && tree.surprisal(node) * MILLI <= plan.floorMilliNats()
                && isOurs(node)
                && !(tree.position(node) >= promptTokens && endsSequence.test(tree.token(node)));
    }

    private boolean isOurs(int node) {
        int owner = owners.get(node);
        return owner == EVERYBODY || owner == plan.share() + 1;
    }

    private void inherit(int parent, int child) {
        int owner = owners.get(parent);
        if (owner == EVERYBODY && tree.rank(child) > 0 && plan.shares() > 1) {
            owner = (tree.position(child) + tree.rank(child)) % plan.shares() + 1;
        }
        owners.set(child, owner);
    }
}
