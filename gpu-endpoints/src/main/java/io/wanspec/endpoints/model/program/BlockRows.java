package io.wanspec.endpoints.model.program;

import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.wanspec.endpoints.model.weights.LlamaConfig;

/**
 * How small a block of queries may be on this machine. Attention of eight rows of which seven are empty costs what eight cost, but
 * sums of floats may depend on the number of rows. So it is tried, with every number of keys that the kernel takes at a time:
 * a block may have as few rows as give each the very bits that it has in a whole block.
 */
final class BlockRows {
    private static final int BLOCK = LlamaProgram.BLOCK_ROWS;
    private static final int KEYS_STEP = 64;

    /** The kernel goes through more keys in parts of 512; this is all first, middle and last parts. */
    private static final int KEYS_MAX = 1_024;

    private final PtSymbolBlock block;
    private final LlamaConfig config;

    BlockRows(PtSymbolBlock block, LlamaConfig config) {
        this.block = block;
        this.config = config;
    }

    /** The fewest rows; {@link LlamaProgram#BLOCK_ROWS} if all are needed. */
    int fewest() {
        int fewest = BLOCK;
        while (fewest > 1 && agrees(fewest - 1)) {
            fewest--;
        }
        return fewest;
    }

    private boolean agrees(int rows) {
        for (int keys = KEYS_STEP; keys <= KEYS_MAX; keys += KEYS_STEP) {
            if (!agrees(rows, keys)) {
                return false;
            }
        }
        return true;
    }

    private boolean agrees(int rows, int keys) {
        int groups = config.heads() / config.kvHeads();
        try (IValue few = IValue.from((long) rows);
                IValue width = IValue.from((long) keys);
                IValue whole = IValue.from((long) BLOCK);
                IValue sharing = IValue.from((long) groups);
                IValue heads = IValue.from((long) config.kvHeads());
                IValue dim = IValue.from((long) config.headDim());
                IValue same = IValueUtils.runMethod(block, "agrees", few, width, whole, sharing, heads, dim)) {
            return same.toBoolean();
        }
    }
}
