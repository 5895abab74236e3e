package io.wanspec.endpoints.model;

import java.nio.FloatBuffer;

/**
 * What a forward pass yields for one sequence.
 *
 * @param logits {@code [rows of the whole pass, vocabulary]}, row-major; valid until the next pass of the same model
 * @param first where the sequence's rows begin among those
 * @param vocabulary how many tokens the logits are about: {@link LanguageModel#proposals} names them
 * @param entropies of each row's softmax at temperature 1, in nats; none of a tree
 * @param nanos that the pass took
 */
@SuppressWarnings("ArrayRecordComponent") // a view of the engine's buffer, never compared
public record Pass(float[] logits, int first, int rows, int vocabulary, float[] entropies, long nanos) {
    /** Of a sequence alone. */
    public Pass(float[] logits, int rows, int vocabulary, float[] entropies, long nanos) {
        this(logits, 0, rows, vocabulary, entropies, nanos);
    }

    /** Where row {@code row} begins in {@link #logits}. */
    public int offset(int row) {
        return (first + row) * vocabulary;
    }

    /** Row {@code row} as a view. */
    public FloatBuffer row(int row) {
        return FloatBuffer.wrap(logits, offset(row), vocabulary).slice();
    }

    /** The same with logits of its own, which no other pass overwrites. */
    public Pass copy() {
        float[] own = new float[rows * vocabulary];
        System.arraycopy(logits, offset(0), own, 0, own.length);
        return new Pass(own, rows, vocabulary, entropies, nanos);
    }
}
