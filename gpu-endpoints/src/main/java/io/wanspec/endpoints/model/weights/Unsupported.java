package io.wanspec.endpoints.model.weights;

import io.wanspec.endpoints.model.ModelLoadException;

/** Refusals of checkpoints whose arithmetic is not the program's: a checkpoint is computed as it is meant, or not at all. */
final class Unsupported {
    private Unsupported() {}

    /** A field that is understood, with a value that is not computed. */
    static ModelLoadException value(String field, Object value, String supported) {
        return new ModelLoadException("the model's configuration has " + field + " = " + value + "; only " + supported
                + " is supported here, so choose another checkpoint");
    }

    /** A field that by its name may change the arithmetic. */
    static ModelLoadException field(String field, Object value) {
        return new ModelLoadException("the model's configuration has " + field + " = " + value
                + ", which may change the arithmetic and is not understood here; choose another checkpoint, or remove "
                + field + " if the model is computed without it");
    }

    /** Two fields that say different things. */
    static ModelLoadException contradiction(String one, Object value, String other, Object otherValue) {
        return new ModelLoadException("the model's configuration has " + one + " = " + value + " but " + other + " = "
                + otherValue + "; remove the one that is wrong");
    }

    /** A tensor that the program would leave out of its computation. */
    static ModelLoadException tensor(String name) {
        return new ModelLoadException("the weights hold the tensor " + name
                + ", which is not part of a plain Llama of this configuration and would be ignored;"
                + " choose another checkpoint, or remove the tensor if the model is computed without it");
    }
}
