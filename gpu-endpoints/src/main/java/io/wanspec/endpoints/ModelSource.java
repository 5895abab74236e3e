package io.wanspec.endpoints;

import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.ModelLoadException;
import io.wanspec.endpoints.model.torch.ModelLoader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the program gets its model from. */
@FunctionalInterface
interface ModelSource {
    /** @throws ModelLoadException if it cannot be loaded; the message is one sentence */
    LanguageModel load(EndpointOptions options);

    /** Checkpoints on disk. */
    static ModelSource files() {
        return options -> ModelLoader.load(
                nameOf(options.name(), options.model()), options.model(), options.tokenizerFrom(), options.engine());
    }

    private static String nameOf(@Nullable String given, Path model) {
        Path file = model.toAbsolutePath().normalize().getFileName();
        return given != null ? given : file == null ? "model" : file.toString();
    }
}
