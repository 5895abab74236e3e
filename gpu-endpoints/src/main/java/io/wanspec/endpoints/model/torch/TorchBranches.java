package io.wanspec.endpoints.model.torch;

import io.wanspec.contracts.Branch;
import io.wanspec.endpoints.model.Branches;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.program.KeyValueCache;
import io.wanspec.endpoints.model.program.LlamaProgram;
import io.wanspec.endpoints.model.program.ProgramPass;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Nodes in the cache right behind the trunk, each where a slot is free. A mask tells new nodes which others they see. */
final class TorchBranches implements Branches {
    private final LlamaProgram program;
    private final GrowingCache cache;
    private final IntConsumer onLength;
    private final NodeSlots nodes = new NodeSlots();
    private Branch trunk;
    private int length;
    private boolean ended;

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
        return nodes.size();
    }

    @Override
    public boolean holds(Branch branch) {
        return nodes.holds(branch);
    }

    @Override
    public Pass grow(List<Node> more) {
        Prepared prepared = prepare(more);
        try {
            return program.run(prepared.pass());
        } catch (RuntimeException | Error e) {
            prepared.undone().run();
            throw e;
        }
    }

    /** {@link #grow} as a part of a pass over several sequences. */
    Prepared prepare(List<Node> more) {
        checkLive();
        int before = nodes.size();
        if (more.isEmpty() || more.size() > LlamaProgram.PASS_TOKENS_MAX) {
            throw new IllegalArgumentException(
                    "a pass takes 1 to " + LlamaProgram.PASS_TOKENS_MAX + " nodes, was " + more.size());
        }
        if (before + more.size() > NODES_MAX) {
            throw new IllegalArgumentException("the tree holds " + before + " nodes, " + more.size()
                    + " more would exceed " + NODES_MAX + "; commit or forget some");
        }
        try {
            more.forEach(this::add);
            return new Prepared(pass(more, before), () -> {}, () -> nodes.cut(before));
        } catch (RuntimeException | Error e) {
            nodes.cut(before);
            throw e;
        }
    }

    private void add(Node node) {
        nodes.add(node.branch(), node.parent().equals(trunk) ? NodeSlots.TRUNK : nodes.slot(node.parent()));
        int position = length + nodes.depth(nodes.size() - 1);
        if (position >= program.config().contextTokens()) {
            throw new IllegalArgumentException("the context holds "
                    + program.config().contextTokens() + " tokens, a node would stand at position " + position);
        }
    }

    private ProgramPass pass(List<Node> more, int before) {
        int[] tokens = more.stream().mapToInt(Node::token).toArray();
        int[] positions = new int[tokens.length];
        Arrays.setAll(positions, i -> length + nodes.depth(before + i));
        KeyValueCache roomy = cache.reserve(length + nodes.size(), length + before);
        return program.masked(tokens, positions, length + before, nodes.maskFrom(before), roomy);
    }

    @Override
    public void commit(Branch end) {
        checkLive();
        if (end.equals(trunk)) {
            return;
        }
        int last = nodes.slot(end);
        boolean[] below = nodes.below(last);
        List<Integer> order = nodes.pathTo(last);
        int count = order.size();
        IntStream.range(0, below.length).filter(slot -> below[slot]).forEach(order::add);
        compact(order);
        nodes.promote(count);
        trunk = end;
        length += count;
        onLength.accept(length);
    }

    @Override
    public void forget(Branch branch) {
        checkLive();
        if (branch.equals(trunk)) {
            nodes.cut(0);
            return;
        }
        int top = nodes.slot(branch);
        boolean[] below = nodes.below(top);
        compact(IntStream.range(0, below.length)
                .filter(slot -> slot != top && !below[slot])
                .boxed()
                .toList());
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

    /** Leaves only the nodes of these slots, in this order. */
    private void compact(List<Integer> order) {
        int same = 0;
        while (same < order.size() && order.get(same) == same) {
            same++;
        }
        if (same < order.size()) {
            int[] moved =
                    order.stream().skip(same).mapToInt(slot -> length + slot).toArray();
            program.moves().move(moved, length + same, cache.cache());
        }
        nodes.select(order);
    }
}
