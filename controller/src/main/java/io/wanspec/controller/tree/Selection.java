package io.wanspec.controller.tree;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.tree.DraftTree;
import java.util.Arrays;

/** Nodes of a tree of draft tokens, each behind its parent, on their way into a frame. */
public final class Selection {
    private final DraftTree tree;
    private int[] nodes = new int[16];
    private int size;
    private int extraParent = TokenTree.PREFIX;
    private Tokens extra = Tokens.none();

    public Selection(DraftTree tree) {
        this.tree = tree;
    }

    public int size() {
        return size;
    }

    /** Adds a node whose parent is the root or was added before. */
    public void add(int node) {
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, size * 2);
        }
        nodes[size++] = node;
    }

    /** Adds a node and what lies between it and the root. @return its index; {@link TokenTree#PREFIX} for the root */
    public int addWithAncestors(int node) {
        if (node == tree.root()) {
            return TokenTree.PREFIX;
        }
        int index = indexOf(node);
        if (index < 0) {
            addWithAncestors(tree.parent(node));
            add(node);
            index = size - 1;
        }
        return index;
    }

    /** Draft tokens of another origin, one behind the other, behind {@code node}, which is the root or was added. */
    public void addBehind(int node, Tokens chain) {
        extraParent = node == tree.root() ? TokenTree.PREFIX : indexOf(node);
        extra = chain;
    }

    /** Whether the node was added. */
    public boolean holds(int node) {
        return node == tree.root() || indexOf(node) >= 0;
    }

    /** Expected number of these nodes that the target agrees with. */
    public double expectedAccepted() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.exp(-tree.surprisal(nodes[i]));
        }
        return sum;
    }

    public TokenTree toTokenTree() {
        if (size + extra.size() == 0) {
            return TokenTree.none();
        }
        int[] tokens = new int[size + extra.size()];
        int[] parents = new int[tokens.length];
        for (int i = 0; i < size; i++) {
            tokens[i] = tree.token(nodes[i]);
            int parent = tree.parent(nodes[i]);
            parents[i] = parent == tree.root() ? TokenTree.PREFIX : indexOf(parent);
        }
        for (int i = 0; i < extra.size(); i++) {
            tokens[size + i] = extra.get(i);
            parents[size + i] = i == 0 ? extraParent : size + i - 1;
        }
        return new TokenTree(Tokens.of(tokens), Ints.of(parents));
    }

    private int indexOf(int node) {
        for (int i = size - 1; i >= 0; i--) {
            if (nodes[i] == node) {
                return i;
            }
        }
        return -1;
    }
}
