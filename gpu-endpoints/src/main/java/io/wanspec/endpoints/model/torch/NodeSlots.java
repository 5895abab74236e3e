package io.wanspec.endpoints.model.torch;

import io.wanspec.contracts.Branch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which node of a tree lies in which slot behind the trunk: parents before their children, without gaps. */
final class NodeSlots {
    /** Stands for the trunk where a parent's slot is asked for. */
    static final int TRUNK = -1;

    private final List<Held> held = new ArrayList<>();
    private final Map<Branch, Integer> slots = new HashMap<>();

    /**
     * @param parent its parent's slot
     * @param depth below the trunk, from 0
     */
    private record Held(Branch branch, int parent, int depth) {}

    int size() {
        return held.size();
    }

    boolean holds(Branch branch) {
        return slots.containsKey(branch);
    }

    /** @throws IllegalArgumentException if it is not held */
    int slot(Branch branch) {
        Integer slot = slots.get(branch);
        if (slot == null) {
            throw new IllegalArgumentException("the tree does not hold " + branch);
        }
        return slot;
    }

    int depth(int slot) {
        return held.get(slot).depth();
    }

    /** Takes the next slot. */
    void add(Branch branch, int parent) {
        if (slots.putIfAbsent(branch, held.size()) != null) {
            throw new IllegalArgumentException("the tree holds " + branch + " already");
        }
        held.add(new Held(branch, parent, parent == TRUNK ? 0 : depth(parent) + 1));
    }

    /** Forgets the nodes from slot {@code size} on. */
    void cut(int size) {
        List<Held> cut = held.subList(size, held.size());
        cut.forEach(node -> slots.remove(node.branch()));
        cut.clear();
    }

    /** For each slot from {@code first} on a row: 0 at itself and its ancestors, minus infinity at other slots. */
    float[] maskFrom(int first) {
        int width = held.size();
        float[] mask = new float[(width - first) * width];
        Arrays.fill(mask, Float.NEGATIVE_INFINITY);
        for (int slot = first; slot < width; slot++) {
            for (int seen = slot; seen != TRUNK; seen = held.get(seen).parent()) {
                mask[(slot - first) * width + seen] = 0;
            }
        }
        return mask;
    }

    /** Slots from the trunk down to {@code end}. */
    List<Integer> pathTo(int end) {
        List<Integer> path = new ArrayList<>();
        for (int slot = end; slot != TRUNK; slot = held.get(slot).parent()) {
            path.addFirst(slot);
        }
        return path;
    }

    /** Of each slot whether it lies below {@code top}; the top itself does not. */
    boolean[] below(int top) {
        boolean[] below = new boolean[held.size()];
        for (int slot = top + 1; slot < below.length; slot++) {
            int parent = held.get(slot).parent();
            below[slot] = parent == top || (parent != TRUNK && below[parent]);
        }
        return below;
    }

    /** Leaves only these nodes, in this order. */
    void select(List<Integer> order) {
        int[] places = new int[held.size()];
        List<Held> left = new ArrayList<>();
        for (int slot : order) {
            Held node = held.get(slot);
            int parent = node.parent() == TRUNK ? TRUNK : places[node.parent()];
            places[slot] = left.size();
            left.add(new Held(node.branch(), parent, node.depth()));
        }
        replace(left);
    }

    /** The first {@code count} nodes, a path, become part of the trunk; all others are below its end. */
    void promote(int count) {
        List<Held> left = new ArrayList<>();
        for (Held node : held.subList(count, held.size())) {
            int parent = node.parent() == count - 1 ? TRUNK : node.parent() - count;
            left.add(new Held(node.branch(), parent, node.depth() - count));
        }
        replace(left);
    }

    private void replace(List<Held> nodes) {
        cut(0);
        nodes.forEach(node -> add(node.branch(), node.parent()));
    }
}
