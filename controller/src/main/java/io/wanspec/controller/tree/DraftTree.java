package io.wanspec.controller.tree;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The guesses that are known, behind the committed prefix. Nodes are found by the name of the prefix that they end, so it
 * does not matter who sent them, in which order, or how often.
 */
public final class DraftTree {
    /** Most guesses held; more are dropped, which costs speed only. */
    public static final int NODES_MAX = 4_096;

    private static final int NO_TOKEN = -1;

    private final Map<Branch, DraftNode> nodes = new HashMap<>();
    private DraftNode root;

    /** @param prefix what is committed at the start */
    public DraftTree(Tokens prefix) {
        root = new DraftNode(Branch.of(prefix), prefix.size() - 1, NO_TOKEN, 0);
        nodes.put(root.branch(), root);
    }

    /** The branch of the committed prefix. */
    public Branch rootBranch() {
        return root.branch();
    }

    /** How many tokens are committed: the position of the next one. */
    public int committed() {
        return root.position() + 1;
    }

    public int size() {
        return nodes.size() - 1;
    }

    /** Whether the branch, ending before {@code position}, is the committed prefix or a known continuation of it. */
    public boolean knows(int position, Branch branch) {
        DraftNode parent = nodes.get(branch);
        return parent != null && parent.position() == position - 1;
    }

    /**
     * Adds a run of guesses.
     *
     * @param position of the first; {@link #knows} must hold for it and {@code branch}
     * @param entropies one for each token, in thousandths of a nat
     * @return how many of them were new
     */
    public int add(int position, Branch branch, Tokens tokens, List<Integer> entropies, int worker) {
        DraftNode node = nodes.get(branch);
        if (node == null || node.position() != position - 1) {
            throw new IllegalArgumentException("no such branch at position " + position);
        }
        int added = 0;
        for (int i = 0; i < tokens.size(); i++) {
            DraftNode child = node.child(tokens.get(i));
            if (child == null) {
                if (size() >= NODES_MAX) {
                    return added;
                }
                child = grow(node, tokens.get(i), entropies.get(i));
                added++;
            }
            child.addWorker(worker);
            node = child;
        }
        return added;
    }

    /** The likeliest run behind the committed prefix, at most {@code limit} guesses: at each fork the first that came. */
    public List<DraftNode> bestPath(int limit) {
        List<DraftNode> path = new ArrayList<>();
        DraftNode node = root;
        while (path.size() < limit && !node.children().isEmpty()) {
            node = node.children().getFirst();
            path.add(node);
        }
        return path;
    }

    /** Moves the committed prefix on; guesses that the tokens contradict are forgotten. */
    public void commit(Tokens tokens) {
        DraftNode tip = root;
        for (int i = 0; i < tokens.size(); i++) {
            DraftNode child = tip.child(tokens.get(i));
            tip = child == null ? fresh(tip, tokens.get(i), 0) : child;
        }
        root = tip;
        keepOnlyBelow(tip);
    }

    /** The node that the last commit ended with, if the worker of this index had guessed it. */
    public boolean rootIsFrom(int worker) {
        return root.isFrom(worker);
    }

    private DraftNode grow(DraftNode parent, int token, int entropyMilliNats) {
        DraftNode child = fresh(parent, token, entropyMilliNats);
        parent.children().add(child);
        nodes.put(child.branch(), child);
        return child;
    }

    private static DraftNode fresh(DraftNode parent, int token, int entropyMilliNats) {
        return new DraftNode(parent.branch().then(token), parent.position() + 1, token, entropyMilliNats);
    }

    private void keepOnlyBelow(DraftNode tip) {
        nodes.clear();
        Deque<DraftNode> open = new ArrayDeque<>();
        open.add(tip);
        @Nullable DraftNode node;
        while ((node = open.poll()) != null) {
            nodes.put(node.branch(), node);
            open.addAll(node.children());
        }
    }
}
