package io.wanspec.endpoints.twin;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.Branches;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sequence that remembers its tokens, and that all its passes ran on one thread. */
final class HashSequence implements Sequence {
    private final HashModel model;
    private final Thread owner = Thread.currentThread();
    private Tokens tokens = Tokens.none();

    /** Of each node of the last tree pass, all tokens up to it. */
    private List<Tokens> tree = List.of();

    private @Nullable HashBranches branches;
    private boolean closed;

    HashSequence(HashModel model) {
        this.model = model;
    }

    @Override
    public int length() {
        return tokens.size();
    }

    @Override
    public Pass append(Tokens more, int logitRows) {
        checkOwner();
        if (more.isEmpty()) {
            throw new IllegalArgumentException("a pass takes at least one token");
        }
        checkContext(tokens.size() + more.size());
        endTrees();
        tokens = tokens.plus(more);
        List<Branch> prefixes = new ArrayList<>();
        for (int row = 0; row < logitRows; row++) {
            prefixes.add(Branch.of(tokens.slice(0, tokens.size() - logitRows + row + 1)));
        }
        return pass(prefixes);
    }

    @Override
    public Pass appendTree(Tokens nodes, int[] parents) {
        checkOwner();
        endTrees();
        tree = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Tokens before = parents[i] < 0 ? tokens : tree.get(parents[i]);
            checkContext(before.size() + 1);
            tree.add(before.plus(nodes.get(i)));
        }
        return pass(tree.stream().map(Branch::of).toList());
    }

    @Override
    public void keep(int[] path) {
        if (tree.isEmpty()) {
            throw new IllegalStateException("there is no tree");
        }
        Tokens kept = tokens;
        for (int node : path) {
            Tokens next = tree.get(node);
            if (!next.slice(0, next.size() - 1).equals(kept)) {
                throw new IllegalArgumentException("no path");
            }
            kept = next;
        }
        endTrees();
        tokens = kept;
    }

    @Override
    public Branches branches(Branch prefix) {
        checkOwner();
        if (!prefix.equals(Branch.of(tokens))) {
            throw new AssertionError("the name of another prefix");
        }
        endTrees();
        branches = new HashBranches(this, tokens);
        return branches;
    }

    /** A pass with the logits behind each of {@code prefixes}. */
    Pass pass(List<Branch> prefixes) {
        checkOwner();
        model.awaitGate();
        int columns = model.columns();
        float[] logits = new float[prefixes.size() * columns];
        float[] entropies = new float[prefixes.size()];
        for (int row = 0; row < entropies.length; row++) {
            model.logits(prefixes.get(row), logits, row * columns);
            entropies[row] = 0.5f;
        }
        return new Pass(logits, entropies.length, columns, entropies, 1_000);
    }

    /** The trunk of the current tree has grown. */
    void committed(Tokens trunk) {
        tokens = trunk;
    }

    void checkContext(int length) {
        if (length > model.identity().contextTokens()) {
            throw new IllegalArgumentException("the context would overflow");
        }
    }

    private void checkOwner() {
        if (Thread.currentThread() != owner || closed) {
            throw new AssertionError("a pass on another thread or after the end");
        }
    }

    private void endTrees() {
        tree = List.of();
        if (branches != null) {
            branches.end();
            branches = null;
        }
    }

    @Override
    public void copyFrom(Sequence other, int length) {
        checkOwner();
        Tokens copied = ((HashSequence) other).tokens.slice(0, length);
        if (length < tokens.size() || copied.commonPrefix(tokens) < tokens.size()) {
            throw new AssertionError("a copy of another text");
        }
        endTrees();
        tokens = copied;
    }

    @Override
    public void truncate(int length) {
        if (length > tokens.size()) {
            throw new IllegalArgumentException("cannot grow");
        }
        endTrees();
        tokens = tokens.slice(0, length);
    }

    @Override
    public long cacheBytes() {
        return 1L + tokens.size();
    }

    @Override
    public void close() {
        if (Thread.currentThread() != owner || closed) {
            throw new AssertionError("closed twice or on another thread");
        }
        closed = true;
        model.openSequences.decrementAndGet();
    }
}
