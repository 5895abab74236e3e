package io.wanspec.endpoints.model;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.program.KeyValueCache;
import io.wanspec.endpoints.model.program.LlamaProgram;
import java.util.Arrays;

/** A sequence whose cache grows by doubling, up to the model's context. */
final class TorchSequence implements Sequence {
    private static final int STEP = LlamaProgram.CAPACITY_STEP;

    private final LlamaProgram program;
    private KeyValueCache cache;
    private int length;

    TorchSequence(LlamaProgram program) {
        this.program = program;
        this.cache = program.newCache(STEP);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public Pass append(Tokens tokens, int logitRows) {
        int end = length + tokens.size();
        if (tokens.isEmpty() || logitRows < 0 || logitRows > tokens.size()) {
            throw new IllegalArgumentException("a pass takes at least one token and as many logit rows at most");
        }
        if (end > program.config().contextTokens()) {
            throw new IllegalArgumentException(
                    "the context holds " + program.config().contextTokens() + " tokens, asked for " + end);
        }
        reserve(end);
        int[] ids = tokens.toArray();
        return program.isWholePassExact() ? inPasses(ids, logitRows) : inBlocks(ids, logitRows);
    }

    @Override
    public void truncate(int to) {
        if (to < 0 || to > length) {
            throw new IllegalArgumentException("cannot truncate " + length + " tokens to " + to);
        }
        length = to;
    }

    @Override
    public long cacheBytes() {
        return program.cacheBytes(cache.capacity());
    }

    @Override
    public void close() {
        cache.close();
    }

    private Pass inPasses(int[] ids, int logitRows) {
        long nanos = 0;
        int at = 0;
        while (ids.length - at > LlamaProgram.PASS_TOKENS_MAX && ids.length - logitRows - at > 0) {
            int take = Math.min(LlamaProgram.PASS_TOKENS_MAX, ids.length - logitRows - at);
            nanos += forward(Arrays.copyOfRange(ids, at, at + take), 0).nanos();
            at += take;
        }
        Pass last = forward(Arrays.copyOfRange(ids, at, ids.length), logitRows);
        return new Pass(last.logits(), last.rows(), last.vocabulary(), last.entropies(), nanos + last.nanos());
    }

    /** One forward for each aligned block of positions, so that every product has the same shape at a position. */
    private Pass inBlocks(int[] ids, int logitRows) {
        int rows = LlamaProgram.BLOCK_ROWS;
        int vocabulary = program.config().proposed();
        float[] logits = new float[logitRows * vocabulary];
        float[] entropies = new float[logitRows];
        long nanos = 0;
        int at = 0;
        while (at < ids.length) {
            int take = Math.min(ids.length - at, rows - length % rows);
            int wanted = Math.clamp(at + take - (ids.length - logitRows), 0, take);
            Pass pass = forward(Arrays.copyOfRange(ids, at, at + take), wanted);
            at += take;
            int row = logitRows - (ids.length - at) - wanted;
            System.arraycopy(pass.logits(), 0, logits, Math.max(0, row) * vocabulary, wanted * vocabulary);
            System.arraycopy(pass.entropies(), 0, entropies, Math.max(0, row), wanted);
            nanos += pass.nanos();
        }
        return new Pass(logits, logitRows, vocabulary, entropies, nanos);
    }

    private Pass forward(int[] ids, int wanted) {
        Pass pass = program.run(ids, length, cache, wanted);
        length += ids.length;
        return pass;
    }

    private void reserve(int tokens) {
        // A block of queries may reach behind the last token; its keys must exist although they are masked.
        int needed = Math.ceilDiv(tokens, STEP) * STEP;
        if (needed <= cache.capacity()) {
            return;
        }
        int context = Math.ceilDiv(program.config().contextTokens(), STEP) * STEP;
        KeyValueCache larger = program.newCache(Math.min(context, Math.max(needed, 2 * cache.capacity())));
        larger.copyFrom(cache, length);
        cache.close();
        cache = larger;
    }
}
