package io.wanspec.endpoints;

import io.wanspec.endpoints.compute.Sequences;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.ModelException;

/** Where the program gets its model from. */
@FunctionalInterface
interface ModelSource {
    /** @throws ModelException if it cannot be loaded; the message is one sentence */
    LanguageModel load(EndpointOptions options);

    /** Checkpoints on disk. */
    static ModelSource files() {
        return options -> {
            throw new ModelException("cannot load " + options.model() + ": this build has no model loader yet");
        };
    }

    /** The sequences of {@code model}. */
    static Sequences sequences(LanguageModel model) {
        return Sequences.fresh(model);
    }
}
