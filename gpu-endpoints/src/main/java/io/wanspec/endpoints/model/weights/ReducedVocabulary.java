package io.wanspec.endpoints.model.weights;

import io.wanspec.contracts.sampling.Proposals;
import io.wanspec.endpoints.model.ModelLoadException;
import org.jspecify.annotations.Nullable;

/**
 * How a draft's smaller embedding and head belong to its target's vocabulary. Most models have neither map.
 *
 * <p>{@code d2t}, as in EAGLE-3's checkpoints, holds for each column of the logits its token's id less the column.
 * {@code embedding_rows} holds for each token of the vocabulary the embedding row that stands for it.
 */
public final class ReducedVocabulary {
    static final String PROPOSALS = "d2t";
    static final String ROWS = "embedding_rows";

    private final Proposals proposals;
    private final int @Nullable [] rows;

    private ReducedVocabulary(Proposals proposals, int @Nullable [] rows) {
        this.proposals = proposals;
        this.rows = rows;
    }

    /** @throws ModelLoadException if a map is missing or does not fit the dimensions */
    public static ReducedVocabulary read(Checkpoint checkpoint) {
        LlamaConfig config = checkpoint.config();
        Proposals proposals = config.proposed() == config.vocabulary() ? Proposals.all() : proposals(checkpoint);
        return new ReducedVocabulary(proposals, config.embedded() == config.vocabulary() ? null : rows(checkpoint));
    }

    public Proposals proposals() {
        return proposals;
    }

    /** The embedding row of a token. */
    public int row(int token) {
        return rows == null ? token : rows[token];
    }

    private static Proposals proposals(Checkpoint checkpoint) {
        int[] ids = integers(checkpoint, PROPOSALS, checkpoint.config().proposed());
        for (int i = 0; i < ids.length; i++) {
            ids[i] = below(checkpoint.config().vocabulary(), ids[i] + i, PROPOSALS);
        }
        try {
            return Proposals.of(ids);
        } catch (IllegalArgumentException e) {
            throw new ModelLoadException("the tensor " + PROPOSALS + " is no map: " + e.getMessage(), e);
        }
    }

    private static int[] rows(Checkpoint checkpoint) {
        int[] rows = integers(checkpoint, ROWS, checkpoint.config().vocabulary());
        for (int row : rows) {
            below(checkpoint.config().embedded(), row, ROWS);
        }
        return rows;
    }

    private static int below(int bound, int value, String name) {
        if (value < 0 || value >= bound) {
            throw new ModelLoadException("the tensor " + name + " points at " + value + " of " + bound);
        }
        return value;
    }

    private static int[] integers(Checkpoint checkpoint, String name, int count) {
        float[] values = checkpoint.read(name, count);
        int[] integers = new int[count];
        for (int i = 0; i < count; i++) {
            integers[i] = (int) values[i];
        }
        return integers;
    }
}
