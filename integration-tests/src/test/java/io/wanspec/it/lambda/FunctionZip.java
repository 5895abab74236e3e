package io.wanspec.it.lambda;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A function as it is deployed: what {@code mvn package} left. */
final class FunctionZip {
    private FunctionZip() {}

    static Path of(String function) {
        Path zip = checkout().resolve("functions/target/zips/functions-" + function + ".zip");
        return Files.exists(zip)
                ? zip
                : abort("SKIPPED: there is no " + zip + ". Run 'mvn verify', or 'mvn package' first");
    }

    /** As Lambda does, into {@code folder}; the scripts can be run. */
    static Path unpack(String function, Path folder) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(of(function)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    write(zip, path);
                }
            }
        }
        return folder;
    }

    private static void write(InputStream from, Path path) throws IOException {
        Files.copy(from, path);
        String name = path.getFileName().toString();
        if (name.equals("bootstrap") || name.equals("run.sh")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ARCHITECTURE.md"))) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        return folder;
    }
}
