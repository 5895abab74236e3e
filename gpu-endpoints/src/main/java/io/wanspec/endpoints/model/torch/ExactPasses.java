package io.wanspec.endpoints.model.torch;

import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.program.KeyValueCache;
import io.wanspec.endpoints.model.program.LlamaProgram;
import io.wanspec.endpoints.model.program.PassRows;
import io.wanspec.endpoints.model.program.TreeOrder;
import java.util.Arrays;

/** Cuts what is to be computed into passes that yield the same bits at a position whatever else is computed. */
final class ExactPasses {
    private final LlamaProgram program;

    ExactPasses(LlamaProgram program) {
        this.program = program;
    }

    /** Tokens from {@code position} on; logits of the last {@code wanted}. */
    Pass chain(int[] ids, int position, int wanted, KeyValueCache cache) {
        return program.isWholePassExact()
                ? inPasses(ids, position, wanted, cache)
                : inBlocks(ids, position, wanted, cache);
    }

    /** A tree behind {@code position}; logits of each node. Keys and values go to {@code rows}, in {@code order}. */
    Pass tree(int[] ids, TreeOrder order, int position, KeyValueCache cache, PassRows rows) {
        return program.isWholePassExact()
                ? program.run(program.tree(ids, order, position, cache, rows))
                : treeInBlocks(ids, order, position, cache, rows);
    }

    private Pass inPasses(int[] ids, int position, int wanted, KeyValueCache cache) {
        long nanos = 0;
        int at = 0;
        while (ids.length - at > LlamaProgram.PASS_TOKENS_MAX && ids.length - wanted - at > 0) {
            int take = Math.min(LlamaProgram.PASS_TOKENS_MAX, ids.length - wanted - at);
            nanos += program.run(program.chain(Arrays.copyOfRange(ids, at, at + take), position + at, cache, 0))
                    .nanos();
            at += take;
        }
        Pass last = program.run(program.chain(Arrays.copyOfRange(ids, at, ids.length), position + at, cache, wanted));
        return new Pass(last.logits(), last.rows(), last.vocabulary(), last.entropies(), nanos + last.nanos());
    }

    /** One forward for each aligned block of positions, so that every product has the same shape at a position. */
    private Pass inBlocks(int[] ids, int position, int logitRows, KeyValueCache cache) {
        Gathered gathered = new Gathered(logitRows, program.config().proposed());
        int from = ids.length - logitRows;
        int at = 0;
        while (at < ids.length) {
            int take = blockPart(position + at, ids.length - at);
            int wanted = Math.clamp(at + take - from, 0, take);
            Pass pass =
                    program.run(program.chain(Arrays.copyOfRange(ids, at, at + take), position + at, cache, wanted));
            at += take;
            for (int row = 0; row < wanted; row++) {
                gathered.put(pass, row, at - wanted + row - from);
            }
            gathered.add(pass.nanos());
        }
        return gathered.pass();
    }

    private Pass treeInBlocks(int[] ids, TreeOrder order, int position, KeyValueCache cache, PassRows rows) {
        Gathered gathered = new Gathered(ids.length, program.config().proposed());
        for (TreeOrder.Chain chain : order.chains()) {
            int done = 0;
            while (done < chain.count()) {
                int at = position + chain.depth() + done;
                int first = chain.first() + done;
                int take = blockPart(at, chain.count() - done);
                int[] part = new int[take];
                Arrays.setAll(part, i -> ids[order.node(first + i)]);
                Pass pass = program.run(program.chain(part, at, cache, rows));
                for (int row = 0; row < take; row++) {
                    gathered.put(pass, row, order.node(first + row));
                }
                gathered.add(pass.nanos());
                done += take;
            }
        }
        return gathered.pass();
    }

    /** How many of {@code left} tokens from {@code position} on lie in one aligned block. */
    private static int blockPart(int position, int left) {
        return Math.min(left, LlamaProgram.BLOCK_ROWS - position % LlamaProgram.BLOCK_ROWS);
    }

    /** Logits of several passes as those of one. */
    private static final class Gathered {
        private final int vocabulary;
        private final float[] logits;
        private final float[] entropies;
        private long nanos;

        private Gathered(int rows, int vocabulary) {
            this.vocabulary = vocabulary;
            logits = new float[rows * vocabulary];
            entropies = new float[rows];
        }

        private void put(Pass pass, int row, int to) {
            System.arraycopy(pass.logits(), pass.offset(row), logits, to * vocabulary, vocabulary);
            entropies[to] = pass.entropies()[row];
        }

        private void add(long passNanos) {
            nanos += passNanos;
        }

        private Pass pass() {
            return new Pass(logits, entropies.length, vocabulary, entropies, nanos);
        }
    }
}
