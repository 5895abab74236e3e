package io.wanspec.emulator.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Programs on a search path.
 *
 * @param searchPath folders as in the variable {@code PATH}
 */
public record Executables(String searchPath) {
    public static Executables of(Map<String, String> environment) {
        return new Executables(environment.getOrDefault("PATH", ""));
    }

    /** The first executable file of this name. */
    public Optional<Path> find(String name) {
        return Arrays.stream(searchPath.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
