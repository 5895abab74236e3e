package io.wanspec.contracts.tree;

import java.util.Arrays;

/** A binary heap of tree nodes, the one with the least key first; the key is mostly the surprisal of the node's path. */
public final class NodeHeap {
    private int[] nodes = new int[64];
    private double[] keys = new double[64];
    private int size;

    public boolean isEmpty() {
        return size == 0;
    }

    public void clear() {
        size = 0;
    }

    public void push(int node, double key) {
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, size * 2);
            keys = Arrays.copyOf(keys, size * 2);
        }
        int at = size++;
        while (at > 0 && keys[(at - 1) / 2] > key) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        nodes[at] = node;
        keys[at] = key;
    }

    /** Adds the children of {@code node}, each with the surprisal of its path. */
    public void pushChildren(DraftTree tree, int node) {
        for (int child = tree.firstChild(node); child != DraftTree.NONE; child = tree.nextSibling(child)) {
            push(child, tree.surprisal(child));
        }
    }

    /** Takes the node with the least key out; there must be one. */
    public int poll() {
        int best = nodes[0];
        size--;
        int at = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[child] >= keys[size]) {
                break;
            }
            move(child, at);
            at = child;
            child = 2 * at + 1;
        }
        move(size, at);
        return best;
    }

    private void move(int from, int to) {
        nodes[to] = nodes[from];
        keys[to] = keys[from];
    }
}
