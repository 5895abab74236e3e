package io.wanspec.drafting;

import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.contracts.tree.FlagColumn;
import java.util.Arrays;

/** Collects the nodes of one pass, parents first, and marks them as forwarded. */
final class PassBuilder {
    private final DraftTree tree;
    private final FlagColumn forwarded;
    private final long rootParent;
    private long[] branches = new long[8];
    private long[] parents = new long[8];
    private int[] tokens = new int[8];
    private int[] positions = new int[8];
    private int size;

    /**
     * @param forwarded where the nodes of the pass are marked
     * @param rootParent digest of the prefix before the root's token, which the tree need not know any more
     */
    PassBuilder(DraftTree tree, FlagColumn forwarded, long rootParent) {
        this.tree = tree;
        this.forwarded = forwarded;
        this.rootParent = rootParent;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** A committed token in front of the root. */
    void addCommitted(long branch, long parent, int token, int position) {
        append(branch, parent, token, position);
    }

    private void append(long branch, long parent, int token, int position) {
        if (size == branches.length) {
            branches = Arrays.copyOf(branches, size * 2);
            parents = Arrays.copyOf(parents, size * 2);
            tokens = Arrays.copyOf(tokens, size * 2);
            positions = Arrays.copyOf(positions, size * 2);
        }
        branches[size] = branch;
        parents[size] = parent;
        tokens[size] = token;
        positions[size] = position;
        size++;
    }

    void add(int node) {
        forwarded.set(node);
        long parent = node == tree.root() ? rootParent : tree.branch(tree.parent(node));
        append(tree.branch(node), parent, tree.token(node), tree.position(node));
    }

    /** The node and whatever lies between it and the root, as far as the cache lacks it; nothing if it is there already. */
    void addWithAncestors(int node) {
        if (forwarded.isSet(node)) {
            return;
        }
        if (node != tree.root()) {
            addWithAncestors(tree.parent(node));
        }
        add(node);
    }

    DraftStep.Nodes nodes() {
        return new DraftStep.Nodes(
                Arrays.copyOf(branches, size),
                Arrays.copyOf(parents, size),
                Arrays.copyOf(tokens, size),
                Arrays.copyOf(positions, size));
    }
}
