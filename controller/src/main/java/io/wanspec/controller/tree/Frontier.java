package io.wanspec.controller.tree;

import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.contracts.tree.NodeHeap;
import java.util.Arrays;

/** The edge of the tree, where knowledge ends: nodes behind which no draft token is known yet. */
public final class Frontier {
    private static final int LOOKED_AT_MAX = 256;

    private Frontier() {}

    /** The end of the path that takes the draft's first choice everywhere; the root if nothing is known. */
    public static int ofBestPath(DraftTree tree) {
        int node = tree.root();
        while (!tree.isLeaf(node)) {
            node = tree.bestChild(node);
        }
        return node;
    }

    /**
     * The likeliest unknown places, best first.
     *
     * @param depthMax only nodes less deep than this
     * @param most how many
     * @return nodes without children
     */
    public static int[] likeliest(DraftTree tree, int depthMax, int most) {
        NodeHeap heap = new NodeHeap();
        heap.push(tree.root(), 0);
        int[] found = new int[most];
        int size = 0;
        for (int i = 0; i < LOOKED_AT_MAX && size < most && !heap.isEmpty(); i++) {
            int node = heap.poll();
            if (!tree.isLeaf(node)) {
                heap.pushChildren(tree, node);
            } else if (tree.depth(node) < depthMax) {
                found[size++] = node;
            }
        }
        return Arrays.copyOf(found, size);
    }
}
