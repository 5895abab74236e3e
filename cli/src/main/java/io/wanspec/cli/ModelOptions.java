package io.wanspec.cli;

import io.wanspec.local.models.ModelCatalog;
import picocli.CommandLine.Option;

/** Which pair of models a command runs. */
final class ModelOptions {
    @Option(
            names = "--target",
            paramLabel = "MODEL",
            defaultValue = ModelCatalog.DEFAULT_TARGET,
            description = "Target model: a name of 'wanspec model list', or a path (default: ${DEFAULT-VALUE}).")
    private String target = ModelCatalog.DEFAULT_TARGET;

    @Option(
            names = "--draft",
            paramLabel = "MODEL",
            defaultValue = ModelCatalog.DEFAULT_DRAFT,
            description = "Draft model, with the target's vocabulary (default: ${DEFAULT-VALUE}).")
    private String draft = ModelCatalog.DEFAULT_DRAFT;

    String target() {
        return target;
    }

    String draft() {
        return draft;
    }
}
