package io.wanspec.endpoints.model;

import io.wanspec.contracts.Branch;
import io.wanspec.endpoints.model.program.LlamaProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Nodes in the slots of the cache right behind the trunk, in any order that has parents first, without gaps. A mask tells each
 * new node which of them are its ancestors.
 */
final class TorchBranches implements Branches {
    private static final int TRUNK = -1;

    private final LlamaProgram program;
    private final GrowingCache cache;
    private final IntConsumer onLength;
    private List<Held> held = new ArrayList<>();
    private final Map<Branch, Integer> slots = new HashMap<>();
    private Branch trunk;
    private int length;
    private boolean ended;

    /**
     * @param parent its parent's slot, counted from the trunk, or -1
     * @param depth below the trunk, from 0
     */
    private record Held(Branch branch, int parent, int depth) {}

    /**
     * @param length of the trunk
     * @param onLength takes its new length
     */
    TorchBranches(LlamaProgram program, GrowingCache cache, Branch trunk, int length, IntConsumer onLength) {
        this.program = program;
        this.cache = cache;
        this.trunk = trunk;
        this.length = length;
        this.onLength = onLength;
    }

    @Override
    public Branch trunk() {
        return trunk;
    }

    @Override
    public int size() {
        return held.size();
    }

    @Override
    public boolean holds(Branch branch) {
        return slots.containsKey(branch);
    }

    @Override
    public Pass grow(List<Node> nodes) {
        checkLive();
        int before = held.size();
        if (nodes.isEmpty() || nodes.size() > LlamaProgram.PASS_TOKENS_MAX) {
            throw new IllegalArgumentException(
                    "a pass takes 1 to " + LlamaProgram.PASS_TOKENS_MAX + " nodes, was " + nodes.size());
        }
        if (before + nodes.size() > NODES_MAX) {
            throw new IllegalArgumentException("the tree holds " + before + " nodes, " + nodes.size()
                    + " more would exceed " + NODES_MAX + "; commit or forget some");
        }
        boolean done = false;
        try {
            nodes.forEach(this::add);
            Pass pass = forward(nodes, before);
            done = true;
            return pass;
        } finally {
            if (!done) {
                retain(held.subList(0, before));
            }
        }
    }

    private void add(Node node) {
        int parent = node.parent().equals(trunk) ? TRUNK : slotOf(node.parent());
        int depth = parent == TRUNK ? 0 : held.get(parent).depth() + 1;
        if (length + depth >= program.config().contextTokens()) {
            throw new IllegalArgumentException("the context holds "
                    + program.config().contextTokens() + " tokens, a node would stand at " + (length + depth));
        }
        if (slots.putIfAbsent(node.branch(), held.size()) != null) {
            throw new IllegalArgumentException("the tree holds " + node.branch() + " already");
        }
        held.add(new Held(node.branch(), parent, depth));
    }

    private Pass forward(List<Node> nodes, int before) {
        int all = held.size();
        int[] tokens = nodes.stream().mapToInt(Node::token).toArray();
        int[] positions = new int[tokens.length];
        float[] mask = new float[tokens.length * all];
        Arrays.fill(mask, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < tokens.length; i++) {
            positions[i] = length + held.get(before + i).depth();
            for (int slot = before + i; slot != TRUNK; slot = held.get(slot).parent()) {
                mask[i * all + slot] = 0;
            }
        }
        return program.runMasked(
                tokens, positions, length + before, mask, cache.reserve(length + all, length + before));
    }

    @Override
    public void commit(Branch end) {
        checkLive();
        if (end.equals(trunk)) {
            return;
        }
        int last = slotOf(end);
        List<Integer> order = pathTo(last);
        int depth = order.size();
        order.addAll(below(last));
        compact(order);
        List<Held> left = new ArrayList<>();
        for (Held node : held.subList(depth, held.size())) {
            int parent = node.parent() == depth - 1 ? TRUNK : node.parent() - depth;
            left.add(new Held(node.branch(), parent, node.depth() - depth));
        }
        retain(left);
        trunk = end;
        length += depth;
        onLength.accept(length);
    }

    @Override
    public void forget(Branch branch) {
        checkLive();
        if (branch.equals(trunk)) {
            retain(List.of());
            return;
        }
        int top = slotOf(branch);
        List<Integer> order = new ArrayList<>();
        List<Integer> forgotten = below(top);
        for (int slot = 0; slot < held.size(); slot++) {
            if (slot != top && !forgotten.contains(slot)) {
                order.add(slot);
            }
        }
        compact(order);
    }

    /** No call is answered any more: the slots have another use. */
    void end() {
        ended = true;
    }

    private void checkLive() {
        if (ended) {
            throw new IllegalStateException("the sequence has changed since this tree began; begin another");
        }
    }

    private int slotOf(Branch branch) {
        Integer slot = slots.get(branch);
        if (slot == null) {
            throw new IllegalArgumentException("the tree does not hold " + branch);
        }
        return slot;
    }

    private List<Integer> pathTo(int slot) {
        List<Integer> path = new ArrayList<>();
        for (int at = slot; at != TRUNK; at = held.get(at).parent()) {
            path.addFirst(at);
        }
        return path;
    }

    /** Slots of all nodes below {@code top}, ascending. */
    private List<Integer> below(int top) {
        boolean[] inside = new boolean[held.size()];
        inside[top] = true;
        List<Integer> found = new ArrayList<>();
        for (int slot = top + 1; slot < inside.length; slot++) {
            int parent = held.get(slot).parent();
            if (parent != TRUNK && inside[parent]) {
                inside[slot] = true;
                found.add(slot);
            }
        }
        return found;
    }

    /** Leaves only the nodes of these slots, in this order, parents first. */
    private void compact(List<Integer> order) {
        int same = 0;
        while (same < order.size() && order.get(same) == same) {
            same++;
        }
        if (same < order.size()) {
            int[] moved = order.subList(same, order.size()).stream()
                    .mapToInt(slot -> length + slot)
                    .toArray();
            program.move(moved, length + same, cache.cache());
        }
        int[] places = new int[held.size()];
        for (int place = 0; place < order.size(); place++) {
            places[order.get(place)] = place;
        }
        List<Held> left = new ArrayList<>();
        for (int slot : order) {
            Held node = held.get(slot);
            int parent = node.parent() == TRUNK ? TRUNK : places[node.parent()];
            left.add(new Held(node.branch(), parent, node.depth()));
        }
        retain(left);
    }

    private void retain(List<Held> left) {
        held = new ArrayList<>(left);
        slots.clear();
        for (int slot = 0; slot < held.size(); slot++) {
            slots.put(held.get(slot).branch(), slot);
        }
    }
}
