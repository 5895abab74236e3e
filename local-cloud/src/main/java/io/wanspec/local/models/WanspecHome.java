package io.wanspec.local.models;

import java.nio.file.Path;
import java.util.Map;

/**
 * The folder in which WANSpec keeps what outlives a run: models, logs, the unpacked engine.
 *
 * @param root absolute; need not exist yet
 */
public record WanspecHome(Path root) {
    public WanspecHome {
        root = root.toAbsolutePath().normalize();
    }

    /** {@code WANSPEC_HOME} of {@code environment} if set and not empty, else {@code .wanspec} in the user's home. */
    public static WanspecHome of(Map<String, String> environment, String userHome) {
        String configured = environment.getOrDefault("WANSPEC_HOME", "");
        return new WanspecHome(configured.isBlank() ? Path.of(userHome, ".wanspec") : Path.of(configured));
    }

    /** One folder for each fetched model. */
    public Path models() {
        return root.resolve("models");
    }

    /** What Java keeps of loaded classes, so that the next start is quicker. */
    public Path classes() {
        return root.resolve("classes");
    }

    /** The AWS emulator as it is installed, some 60 MB, and what its runs keep meanwhile. */
    public Path awsEmulator() {
        return root.resolve("aws-emulator");
    }

    /** Logs of the local cloud, of each model server and of the build. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** Where the inference engine unpacks its native libraries, some 430 MB. */
    public Path engine() {
        return root.resolve("engine");
    }
}
