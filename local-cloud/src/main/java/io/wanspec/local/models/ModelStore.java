package io.wanspec.local.models;

import io.wanspec.emulator.pip.FetchProgress;
import io.wanspec.emulator.pip.Folders;
import io.wanspec.emulator.pip.StoreLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The models on this machine, by name. Several processes may use one store at once. */
public final class ModelStore {
    private static final String MODEL_FILE = "model.gguf";

    private final ModelCatalog catalog;
    private final WanspecHome home;
    private final PipFetcher fetcher;

    ModelStore(ModelCatalog catalog, WanspecHome home, PipFetcher fetcher) {
        this.catalog = catalog;
        this.home = home;
        this.fetcher = fetcher;
    }

    /** The store of {@code home}; {@code environment} is where pip is looked for. */
    public static ModelStore open(ModelCatalog catalog, WanspecHome home, Map<String, String> environment) {
        return new ModelStore(catalog, home, PipFetcher.standard(environment));
    }

    public List<ModelStatus> list() {
        return catalog.models().stream().map(this::status).toList();
    }

    /**
     * Where the model lies (a file, or a folder with the model's files), fetched now if it is missing or damaged.
     *
     * @param nameOrPath a known model's name, or the path of an existing file or folder
     */
    public Path require(String nameOrPath, FetchProgress progress) throws ModelException, InterruptedException {
        if (catalog.find(nameOrPath).isEmpty() && Files.exists(Path.of(nameOrPath))) {
            return Path.of(nameOrPath).toAbsolutePath();
        }
        KnownModel model = known(nameOrPath);
        ModelStatus status = status(model);
        return status.state() == ModelStatus.State.READY ? status.path() : fetch(model, false, progress);
    }

    /** Fetches the model unless it is there; what is there is checked byte for byte. */
    public Path pull(String name, FetchProgress progress) throws ModelException, InterruptedException {
        return fetch(known(name), true, progress);
    }

    static ModelException unusable(KnownModel model, Path where, IOException cause) {
        String detail = String.valueOf(cause.getMessage());
        if (detail.toLowerCase(Locale.ROOT).contains("no space left")) {
            return PipFailure.diskFull(model.name());
        }
        return new ModelException(
                ModelException.Kind.UNWRITABLE,
                "Cannot write " + where + ": " + cause
                        + ". Check the folder's permissions, or set WANSPEC_HOME to another" + " folder.",
                cause);
    }

    private Path fetch(KnownModel model, boolean checkBytes, FetchProgress progress)
            throws ModelException, InterruptedException {
        return switch (model.origin()) {
            case Origin.Repository origin -> fromRepository(model, origin);
            case Origin.PipPackage origin -> fromPip(model, origin, checkBytes, progress);
        };
    }

    private static Path fromRepository(KnownModel model, Origin.Repository origin) throws ModelException {
        if (!isModelFolder(origin.folder())) {
            throw new ModelException(
                    ModelException.Kind.MISSING_FROM_REPOSITORY,
                    model.name() + " belongs to the checkout, and " + origin.folder()
                            + " holds no config.json with model.safetensors. Restore it with `git checkout -- models`.");
        }
        return origin.folder();
    }

    private Path fromPip(KnownModel model, Origin.PipPackage origin, boolean checkBytes, FetchProgress progress)
            throws ModelException, InterruptedException {
        Path file = fetchedFile(model);
        Path lock = home.models().resolve(model.name() + ".lock");
        Runnable onWait = () -> progress.note("Another wanspec is fetching " + model.name() + "; waiting for it.");
        try (var _ = StoreLock.acquire(lock, onWait)) {
            // Whoever held the lock before may have done the work.
            if (isWhole(file, origin, checkBytes)) {
                return file;
            }
            fetcher.fetch(model, origin, file, home.models().resolve("." + model.name() + ".fetching"), progress);
            return file;
        } catch (IOException e) {
            throw unusable(model, home.models(), e);
        }
    }

    private static boolean isWhole(Path file, Origin.PipPackage origin, boolean checkBytes) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == origin.fileBytes()
                && (!checkBytes || PackagedFile.sha256(file).equals(origin.sha256()));
    }

    private ModelStatus status(KnownModel model) {
        return switch (model.origin()) {
            case Origin.Repository origin ->
                isModelFolder(origin.folder())
                        ? new ModelStatus(
                                model, ModelStatus.State.READY, Folders.bytes(origin.folder()), origin.folder())
                        : new ModelStatus(model, ModelStatus.State.MISSING, 0, origin.folder());
            case Origin.PipPackage origin ->
                new ModelStatus(model, fetchedState(model, origin), origin.fileBytes(), fetchedFile(model));
        };
    }

    /** By size alone: the bytes were checked when the file was put there, and reading them takes a while. */
    private ModelStatus.State fetchedState(KnownModel model, Origin.PipPackage origin) {
        Path file = fetchedFile(model);
        if (!Files.exists(file)) {
            return ModelStatus.State.NOT_FETCHED;
        }
        try {
            return isWhole(file, origin, false) ? ModelStatus.State.READY : ModelStatus.State.DAMAGED;
        } catch (IOException e) {
            return ModelStatus.State.DAMAGED;
        }
    }

    private Path fetchedFile(KnownModel model) {
        return home.models().resolve(model.name()).resolve(MODEL_FILE);
    }

    private static boolean isModelFolder(Path folder) {
        return Files.isRegularFile(folder.resolve("config.json"))
                && Files.isRegularFile(folder.resolve("model.safetensors"));
    }

    private KnownModel known(String name) throws ModelException {
        return catalog.find(name)
                .orElseThrow(() -> new ModelException(
                        ModelException.Kind.UNKNOWN_MODEL,
                        "There is no model '" + name + "'. Known: " + catalog.names()
                                + ". A path to a model's file or folder is taken too."));
    }
}
