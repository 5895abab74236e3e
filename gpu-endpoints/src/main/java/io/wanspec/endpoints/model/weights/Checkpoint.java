package io.wanspec.endpoints.model.weights;

import io.wanspec.endpoints.model.CopyShares;

/** A model's weights under the names that the Llama family uses on the model hub. */
public interface Checkpoint extends AutoCloseable {
    LlamaConfig config();

    /** How the rotary positions are stretched. */
    default RotaryScaling scaling() {
        return RotaryScaling.NONE;
    }

    /** How a draft mixes copies into its distribution. */
    default CopyShares copies() {
        return CopyShares.NONE;
    }

    /** Whether there is a tensor of this name. */
    boolean has(String name);

    /**
     * A tensor as single precision, row-major.
     *
     * @param shape that it must have
     * @throws io.wanspec.endpoints.model.ModelLoadException if it is missing, has another shape or an unknown type
     */
    float[] read(String name, int... shape);

    @Override
    void close();
}
