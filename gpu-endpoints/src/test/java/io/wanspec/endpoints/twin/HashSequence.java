package io.wanspec.endpoints.twin;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;

/** A sequence that remembers its tokens, and that all its passes ran on one thread. */
final class HashSequence implements Sequence {
    private final HashModel model;
    private final Thread owner = Thread.currentThread();
    private Tokens tokens = Tokens.none();
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
        if (Thread.currentThread() != owner || closed) {
            throw new AssertionError("a pass on another thread or after the end");
        }
        if (more.isEmpty() || tokens.size() + more.size() > model.identity().contextTokens()) {
            throw new IllegalArgumentException("the context would overflow");
        }
        model.awaitGate();
        float[] logits = new float[logitRows * HashModel.VOCABULARY];
        tokens = tokens.plus(more);
        for (int row = 0; row < logitRows; row++) {
            Branch prefix = Branch.of(tokens.slice(0, tokens.size() - logitRows + row + 1));
            model.logits(prefix, logits, row * HashModel.VOCABULARY);
        }
        return new Pass(logits, logitRows, HashModel.VOCABULARY, new float[] {0.5f}, 1_000);
    }

    @Override
    public void truncate(int length) {
        if (length > tokens.size()) {
            throw new IllegalArgumentException("cannot grow");
        }
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
