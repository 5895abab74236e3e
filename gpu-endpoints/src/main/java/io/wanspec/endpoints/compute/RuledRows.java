package io.wanspec.endpoints.compute;

import io.wanspec.contracts.sampling.Proposals;
import io.wanspec.contracts.sampling.RuledText;
import io.wanspec.endpoints.model.LanguageModel;
import java.util.stream.IntStream;

/** Rows of logits as sessions' rules make them; a model's own are left as they are. Not thread-safe. */
final class RuledRows {
    private final int[] ends;
    private float[] row = new float[0];

    RuledRows(LanguageModel model) {
        ends = IntStream.range(0, model.identity().vocabulary())
                .filter(model::endsSequence)
                .toArray();
    }

    /** Whether any token ends a sequence. */
    boolean mayEnd() {
        return ends.length > 0;
    }

    /**
     * A row behind {@code text}, valid until the next call.
     *
     * @param logits {@code columns} values from {@code offset}
     * @param proposals the token of each column
     */
    float[] of(float[] logits, int offset, int columns, Proposals proposals, RuledText text) {
        if (row.length < columns) {
            row = new float[columns];
        }
        System.arraycopy(logits, offset, row, 0, columns);
        text.apply(row, columns, proposals, ends);
        return row;
    }
}
