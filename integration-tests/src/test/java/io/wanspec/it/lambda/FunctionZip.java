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

/**
 * A function as it is deployed: what {@code mvn package} left, for the managed runtime. Those with a Java runtime of their own,
 * which {@code tools/package-functions} makes: {@code -Dwanspec.zips=own-runtime}.
 */
public final class FunctionZip {
    private static final String KIND = System.getProperty("wanspec.zips", "zips");

    private FunctionZip() {}

    public static Path of(String function) {
        Path zip = checkout().resolve("functions/target/" + KIND + "/functions-" + function + ".zip");
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
                    // The cache of classes is used beside jars of the times that it was made from.
                    Files.setLastModifiedTime(path, entry.getLastModifiedTime());
                }
            }
        }
        return folder;
    }

    private static void write(InputStream from, Path path) throws IOException {
        Files.copy(from, path);
        String name = path.getFileName().toString();
        boolean program = path.resolveSibling("").endsWith("runtime/bin") || name.equals("jspawnhelper");
        if (program || name.equals("bootstrap") || name.equals("run.sh")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    public static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ARCHITECTURE.md"))) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        return folder;
    }
}
