package io.wanspec.emulator.pip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whole folders: their size, their removal. */
public final class Folders {
    private Folders() {}

    /** Bytes of all files below {@code folder}; files that vanish meanwhile count nothing. */
    public static long bytes(Path folder) {
        return bytes(folder, _ -> true);
    }

    /** Bytes of the files that count. */
    public static long bytes(Path folder, Predicate<Path> counts) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(counts).mapToLong(Folders::sizeOrNothing).sum();
        } catch (IOException | UncheckedIOException vanished) {
            return 0;
        }
    }

    /** Removes {@code folder} and all that is in it, if it exists. */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    private static long sizeOrNothing(Path path) {
        try {
            return Files.isRegularFile(path) ? Files.size(path) : 0;
        } catch (IOException vanished) {
            return 0;
        }
    }
}
