package io.wanspec.endpoints.model.torch;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.Branches;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.program.KeyValueCache;
import io.wanspec.endpoints.model.program.LlamaProgram;
import io.wanspec.endpoints.model.program.PassRows;
import io.wanspec.endpoints.model.program.TreeOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A sequence whose cache grows with it. Behind its tokens the cache has whatever a tree, or what was cut off, left there. */
final class TorchSequence implements Sequence {
    private final LlamaProgram program;
    private final ExactPasses passes;
    private final GrowingCache cache;
    private int length;
    private @Nullable LastTree lastTree;
    private @Nullable TorchBranches branches;

    /** What {@link #keep} needs to know of a tree pass. */
    private record LastTree(TreeOrder order, PassRows rows) {}

    TorchSequence(LlamaProgram program) {
        this.program = program;
        passes = new ExactPasses(program);
        cache = new GrowingCache(program);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public Pass append(Tokens tokens, int logitRows) {
        int end = endOf(tokens, logitRows);
        endTrees();
        Pass pass = passes.chain(tokens.toArray(), length, logitRows, cache.reserve(end, length));
        length = end;
        return pass;
    }

    /** {@link #append} as a part of a pass over several sequences. */
    Prepared prepare(Tokens tokens, int logitRows) {
        int end = endOf(tokens, logitRows);
        if (tokens.size() > LlamaProgram.PASS_TOKENS_MAX) {
            throw new IllegalArgumentException("a sequence's part of a pass is at most " + LlamaProgram.PASS_TOKENS_MAX
                    + " tokens, was " + tokens.size());
        }
        endTrees();
        KeyValueCache roomy = cache.reserve(end, length);
        return new Prepared(program.chain(tokens.toArray(), length, roomy, logitRows), () -> length = end, () -> {});
    }

    private int endOf(Tokens tokens, int logitRows) {
        if (tokens.isEmpty() || logitRows < 0 || logitRows > tokens.size()) {
            throw new IllegalArgumentException("a pass takes at least one token and as many logit rows at most");
        }
        int end = length + tokens.size();
        checkContext(end);
        return end;
    }

    @Override
    public Pass appendTree(Tokens tokens, int[] parents) {
        LastTree tree = begin(tokens, parents);
        return passes.tree(tokens.toArray(), tree.order(), length, reserve(tree), tree.rows());
    }

    /** {@link #appendTree} as a part of a pass over several sequences. */
    Prepared prepareTree(Tokens tokens, int[] parents) {
        LastTree tree = begin(tokens, parents);
        return new Prepared(
                program.tree(tokens.toArray(), tree.order(), length, reserve(tree), tree.rows()),
                () -> {},
                this::endTrees);
    }

    private LastTree begin(Tokens tokens, int[] parents) {
        if (tokens.isEmpty() || tokens.size() > TREE_NODES_MAX || parents.length != tokens.size()) {
            throw new IllegalArgumentException("a tree has 1 to " + TREE_NODES_MAX + " nodes and as many parents, was "
                    + tokens.size() + " and " + parents.length);
        }
        TreeOrder order = new TreeOrder(parents);
        checkContext(length + order.height());
        endTrees();
        LastTree tree = new LastTree(order, new PassRows());
        lastTree = tree;
        return tree;
    }

    private KeyValueCache reserve(LastTree tree) {
        return cache.reserve(length + tree.order().height(), length);
    }

    @Override
    public void keep(int[] path) {
        LastTree tree = lastTree;
        if (tree == null) {
            throw new IllegalStateException("there is no tree pass whose nodes could be kept");
        }
        tree.order().check(path);
        // The pass has left some nodes where they belong: all of a mere chain.
        int from = tree.order().residentOf(path);
        if (from < path.length) {
            int[] places = tree.order().places();
            int[] moved = Arrays.stream(path, from, path.length)
                    .map(node -> places[node])
                    .toArray();
            program.moves().keep(tree.rows(), moved, length + from, cache.cache());
        }
        length += path.length;
        endTrees();
    }

    @Override
    public Branches branches(Branch prefix) {
        endTrees();
        TorchBranches tree = new TorchBranches(program, cache, prefix, length, to -> length = to);
        branches = tree;
        return tree;
    }

    @Override
    public void copyFrom(Sequence other, int to) {
        if (to < length || to > other.length() || other == this) {
            throw new IllegalArgumentException(
                    "cannot copy " + to + " of " + other.length() + " tokens over " + length);
        }
        endTrees();
        cache.reserve(to, length).copyFrom(((TorchSequence) other).cache.cache(), length, to);
        length = to;
    }

    @Override
    public void truncate(int to) {
        if (to < 0 || to > length) {
            throw new IllegalArgumentException("cannot truncate " + length + " tokens to " + to);
        }
        endTrees();
        length = to;
    }

    @Override
    public long cacheBytes() {
        return cache.bytes();
    }

    @Override
    public void close() {
        endTrees();
        cache.close();
    }

    private void checkContext(int end) {
        if (end > program.config().contextTokens()) {
            throw new IllegalArgumentException(
                    "the context holds " + program.config().contextTokens() + " tokens, asked for " + end);
        }
    }

    private void endTrees() {
        if (lastTree != null) {
            lastTree.rows().close();
            lastTree = null;
        }
        if (branches != null) {
            branches.end();
            branches = null;
        }
    }
}
