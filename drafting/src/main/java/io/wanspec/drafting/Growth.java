package io.wanspec.drafting;

import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.tree.GuessTree;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Which nodes a worker forwards next: best-first by the probability of the path.
 *
 * <p>Several workers divide the alternatives: all of them follow the draft's first choices from the committed prefix, and
 * what branches off there belongs to one of them, with everything behind it.
 */
final class Growth {
    /** Mark of a node whose keys and values the cache holds, or will when the pass under way ends. */
    static final long FORWARDED = 1;

    private static final int OWNER_SHIFT = 8;
    private static final long OWNER_MASK = 0xFFL << OWNER_SHIFT;
    private static final double MILLI = 1_000;

    private final GuessTree tree;
    private final IntPredicate endsSequence;
    private final int promptTokens;
    private DraftPlan plan = DraftPlan.chain(0);
    private int[] heap = new int[256];
    private double[] costs = new double[256];
    private int size;

    /**
     * @param endsSequence whether a token ends a sequence, so that nothing follows it
     * @param promptTokens tokens in front of which nothing ends
     */
    Growth(GuessTree tree, IntPredicate endsSequence, int promptTokens) {
        this.tree = tree;
        this.endsSequence = endsSequence;
        this.promptTokens = promptTokens;
    }

    /** Another plan, or another root: what is open is found anew. */
    void restart(DraftPlan newPlan) {
        plan = newPlan;
        size = 0;
        tree.setMarks(tree.root(), tree.marks(tree.root()) & ~OWNER_MASK);
        open(tree.root());
    }

    /** A node has got its children. */
    void onChildren(int node) {
        for (int child = tree.firstChild(node); child != GuessTree.NONE; child = tree.nextSibling(child)) {
            inherit(node, child);
            open(child);
        }
    }

    /** Takes the best node out; {@link GuessTree#NONE} if nothing is worth a pass. */
    int poll() {
        while (size > 0) {
            int best = heap[0];
            removeFirst();
            if (!tree.isMarked(best, FORWARDED)) {
                return best;
            }
        }
        return GuessTree.NONE;
    }

    /** Takes back what {@link #poll} gave. */
    void putBack(int node) {
        push(node, tree.surprisal(node));
    }

    private void open(int node) {
        if (!mayFollow(node)) {
            return;
        }
        if (tree.isMarked(node, FORWARDED)) {
            onChildren(node);
        } else {
            push(node, tree.surprisal(node));
        }
    }

    private boolean mayFollow(int node) {
        return tree.position(node) + 1 < plan.draftUpTo()
                && tree.surprisal(node) * MILLI <= plan.floorMilliNats()
                && isOurs(node)
                && !(tree.position(node) >= promptTokens && endsSequence.test(tree.token(node)));
    }

    private boolean isOurs(int node) {
        long owner = (tree.marks(node) & OWNER_MASK) >> OWNER_SHIFT;
        return owner == 0 || owner == plan.share() + 1;
    }

    /** Owner 0 is everybody. */
    private void inherit(int parent, int child) {
        long owner = tree.marks(parent) & OWNER_MASK;
        if (owner == 0 && tree.rank(child) > 0 && plan.shares() > 1) {
            owner = (long) ((tree.position(child) + tree.rank(child)) % plan.shares() + 1) << OWNER_SHIFT;
        }
        tree.setMarks(child, (tree.marks(child) & ~OWNER_MASK) | owner);
    }

    private void push(int node, double cost) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
            costs = Arrays.copyOf(costs, size * 2);
        }
        int at = size++;
        while (at > 0 && costs[(at - 1) / 2] > cost) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        heap[at] = node;
        costs[at] = cost;
    }

    private void removeFirst() {
        size--;
        int at = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && costs[child + 1] < costs[child]) {
                child++;
            }
            if (costs[child] >= costs[size]) {
                break;
            }
            move(child, at);
            at = child;
            child = 2 * at + 1;
        }
        move(size, at);
    }

    private void move(int from, int to) {
        heap[to] = heap[from];
        costs[to] = costs[from];
    }
}
