package io.wanspec.endpoints.model.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order in which a pass computes the nodes of a tree: chain after chain.
 *
 * <p>A chain goes on with the child that leads deepest; every other child begins a chain of its own, and of those that leave
 * the same chain the deepest come first. So whatever was written over a chain stands behind the point where the next one
 * leaves it: when a chain's turn comes, all its ancestors lie in the cache at their positions.
 */
public final class TreeOrder {
    private static final int PREFIX = -1;

    private final int[] parents;
    private final int[] depths;
    private final int[] heavy;
    private final List<Integer> order = new ArrayList<>();
    private final List<Chain> chains = new ArrayList<>();
    private final int[] resident;

    /**
     * Nodes in a row, each the parent of the next.
     *
     * @param first its first node's place in the order
     * @param depth of its first node; children of the prefix have depth 0
     */
    public record Chain(int first, int depth, int count) {}

    /** @param parents of each node an earlier one, or -1 for the prefix */
    public TreeOrder(int[] parents) {
        this.parents = parents.clone();
        depths = new int[parents.length];
        for (int node = 0; node < parents.length; node++) {
            if (parents[node] < PREFIX || parents[node] >= node) {
                throw new IllegalArgumentException(
                        "parents[" + node + "] must be -1 or an earlier node, was " + parents[node]);
            }
            depths[node] = parents[node] == PREFIX ? 0 : depths[parents[node]] + 1;
        }
        heavy = heavyChildren();
        if (parents.length > 0) {
            addChain(heavy[0]);
            addOthers(PREFIX);
        }
        resident = residents();
    }

    public int size() {
        return parents.length;
    }

    /** Positions that the tree takes behind the prefix. */
    public int height() {
        return resident.length;
    }

    /** The node at a place of the order. */
    public int node(int place) {
        return order.get(place);
    }

    public int depth(int node) {
        return depths[node];
    }

    public List<Chain> chains() {
        return chains;
    }

    /** Of each node its place in the order. */
    public int[] places() {
        int[] places = new int[parents.length];
        for (int place = 0; place < places.length; place++) {
            places[order.get(place)] = place;
        }
        return places;
    }

    /** How many nodes of {@code path} lie in the cache at their positions when the pass is over, without a gap. */
    public int residentOf(int[] path) {
        int count = 0;
        while (count < path.length && resident[count] == path[count]) {
            count++;
        }
        return count;
    }

    /** Refuses what is not a path from the prefix down. */
    public void check(int[] path) {
        for (int i = 0; i < path.length; i++) {
            int node = path[i];
            if (node < 0 || node >= parents.length || parents[node] != (i == 0 ? PREFIX : path[i - 1])) {
                throw new IllegalArgumentException("path[" + i + "] is no child of what precedes it: " + node);
            }
        }
    }

    /** Of the prefix (index 0) and each node (index + 1) the child that leads deepest, or -1. */
    private int[] heavyChildren() {
        int[] heights = new int[parents.length + 1];
        int[] children = new int[parents.length + 1];
        Arrays.fill(children, PREFIX);
        for (int node = parents.length - 1; node >= 0; node--) {
            int parent = parents[node] + 1;
            // Of equals the first child wins: it is the one that drafts believe in most.
            if (heights[node + 1] + 1 >= heights[parent]) {
                heights[parent] = heights[node + 1] + 1;
                children[parent] = node;
            }
        }
        return children;
    }

    private void addChain(int start) {
        int first = order.size();
        for (int node = start; node != PREFIX; node = heavy[node + 1]) {
            order.add(node);
        }
        int end = order.size();
        chains.add(new Chain(first, depths[start], end - first));
        for (int place = end - 1; place >= first; place--) {
            addOthers(order.get(place));
        }
    }

    /** The subtrees of those children of {@code parent} that do not continue its chain. */
    private void addOthers(int parent) {
        for (int child = parent + 1; child < parents.length; child++) {
            if (parents[child] == parent && child != heavy[parent + 1]) {
                addChain(child);
            }
        }
    }

    /** By depth the node that was written there last. */
    private int[] residents() {
        int[] last = new int
                [parents.length == 0 ? 0 : 1 + Arrays.stream(depths).max().getAsInt()];
        for (int node : order) {
            last[depths[node]] = node;
        }
        return last;
    }
}
