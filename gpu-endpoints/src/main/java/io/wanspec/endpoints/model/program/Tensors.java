package io.wanspec.endpoints.model.program;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;

/** Java's numbers as the engine's tensors. */
final class Tensors {
    private Tensors() {}

    /**
     * A copy in the engine's own memory: a fresh NDArray only borrows the Java buffer that it was made from.
     *
     * @param shape none for a vector
     */
    static PtNDArray of(PtNDManager owner, float[] values, long... shape) {
        Shape form = shape.length == 0 ? new Shape(values.length) : new Shape(shape);
        try (NDArray borrowed = owner.create(values, form)) {
            return (PtNDArray) borrowed.duplicate();
        }
    }

    /** The Java buffer itself, for whoever copies what it keeps. */
    static PtNDArray borrowed(PtNDManager owner, float[] values, long... shape) {
        return (PtNDArray) owner.create(values, new Shape(shape));
    }
}
