package io.wanspec.it.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which kills have been done, a line each, in a file that the next batch goes on with; nowhere, if none is named. */
final class KillLog {
    private final Optional<Path> file;
    private final Set<Integer> done;

    KillLog(Optional<Path> file) throws IOException {
        this.file = file;
        if (file.isPresent() && Files.exists(file.get())) {
            try (Stream<String> lines = Files.lines(file.get())) {
                done = lines.filter(line -> line.contains(" ok "))
                        .map(line -> Integer.valueOf(line.substring(0, line.indexOf(' '))))
                        .collect(Collectors.toSet());
            }
        } else {
            done = Set.of();
        }
    }

    boolean isDone(int seed) {
        return done.contains(seed);
    }

    /** @param what {@code ok} or what went wrong, and how it died */
    synchronized void add(int seed, String what) throws IOException {
        if (file.isPresent()) {
            Files.createDirectories(file.get().toAbsolutePath().getParent());
            Files.writeString(
                    file.get(), seed + " " + what + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
