package io.wanspec.endpoints;

import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.ModelException;
import io.wanspec.endpoints.model.ModelLoader;

/** Where the program gets its model from. */
@FunctionalInterface
interface ModelSource {
    /** @throws ModelException if it cannot be loaded; the message is one sentence */
    LanguageModel load(EndpointOptions options);

    /** Checkpoints on disk. */
    static ModelSource files() {
        return options -> ModelLoader.load(options.name(), options.model(), options.tokenizerFrom(), options.engine());
    }
}
