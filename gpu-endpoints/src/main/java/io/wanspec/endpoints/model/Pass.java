package io.wanspec.endpoints.model;

import java.nio.FloatBuffer;

/**
 * What a forward pass yields.
 *
 * @param logits {@code [rows, vocabulary]}, row-major; valid until the next pass of the same model
 * @param vocabulary how many tokens the logits are about: {@link LanguageModel#proposals} names them
 * @param entropies of each row's softmax at temperature 1, in nats
 * @param nanos that the pass took
 */
@SuppressWarnings("ArrayRecordComponent") // a view of the engine's buffer, never compared
public record Pass(float[] logits, int rows, int vocabulary, float[] entropies, long nanos) {
    /** Row {@code row} as a view. */
    public FloatBuffer row(int row) {
        return FloatBuffer.wrap(logits, row * vocabulary, vocabulary).slice();
    }
}
