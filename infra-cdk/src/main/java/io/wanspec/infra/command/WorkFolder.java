package io.wanspec.infra.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder for templates and packages of one run, a hundred megabytes. It goes with the run, also when that is interrupted; one of a
 * run that was killed goes with the next.
 */
final class WorkFolder implements AutoCloseable {
    private static final String NAME = "wanspec-deploy-";
    private static final Pattern OURS = Pattern.compile(NAME + "([0-9]{1,18})-[0-9]+");

    private final Path path;
    private final Thread whenInterrupted;

    private WorkFolder(Path path) {
        this.path = path;
        this.whenInterrupted = new Thread(() -> remove(path), "remove " + path);
        Runtime.getRuntime().addShutdownHook(whenInterrupted);
    }

    static WorkFolder make() throws IOException {
        return make(temporary());
    }

    /** What killed runs have left. */
    static void removeLeft() throws IOException {
        removeThoseOfTheDead(temporary());
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    static WorkFolder make(Path temporary) throws IOException {
        removeThoseOfTheDead(temporary);
        return new WorkFolder(Files.createTempDirectory(
                temporary, NAME + ProcessHandle.current().pid() + "-"));
    }

    Path path() {
        return path;
    }

    private static void removeThoseOfTheDead(Path temporary) throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            all.filter(WorkFolder::isOfTheDead).forEach(WorkFolder::remove);
        }
    }

    private static boolean isOfTheDead(Path folder) {
        Matcher ours = OURS.matcher(String.valueOf(folder.getFileName()));
        return ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty();
    }

    /** As far as that can be done: another user's stays. */
    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> inside = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : inside) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException notOurs) {
            // It costs space alone, and whoever can remove it is told by its name whose it was.
        }
    }

    @Override
    public void close() {
        remove(path);
        try {
            Runtime.getRuntime().removeShutdownHook(whenInterrupted);
        } catch (IllegalStateException isRunning) {
            // Interrupted just now.
        }
    }
}
