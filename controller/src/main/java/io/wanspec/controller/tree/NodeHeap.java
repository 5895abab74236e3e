package io.wanspec.controller.tree;

import io.wanspec.contracts.tree.GuessTree;
import java.util.Arrays;

/** Nodes by surprisal, the least first. */
public final class NodeHeap {
    private int[] nodes = new int[64];
    private double[] keys = new double[64];
    private int size;

    public boolean isEmpty() {
        return size == 0;
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

    public void pushChildren(GuessTree tree, int node) {
        for (int child = tree.firstChild(node); child != GuessTree.NONE; child = tree.nextSibling(child)) {
            push(child, tree.surprisal(child));
        }
    }

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
