package io.wanspec.emulator.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A {@code python3} on a search path of its own whose pip does as a test says, and notes that it was called. */
final class FakePython {
    private final Path folder;

    FakePython(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Runs the n-th script for the n-th installation, the last one for all further. {@code $D} is the folder to fill. */
    void installs(String... scripts) {
        for (int i = 0; i < scripts.length; i++) {
            write(folder.resolve("script" + (i + 1)), scripts[i]);
        }
        program("python3", """
                #!/bin/sh
                HERE='%1$s'
                case "$*" in *--version*|*version_info*) exit 0;; esac
                echo "$*" >> "$HERE/calls"
                N=$(($(wc -l < "$HERE/calls")))
                if [ $N -gt %2$d ]; then N=%2$d; fi
                while [ "$1" != "--target" ]; do shift; done
                D=$2
                . "$HERE/script$N"
                """.formatted(folder, scripts.length));
    }

    /** A program of this name on the search path. */
    void program(String name, String script) {
        Path file = folder.resolve("bin").resolve(name);
        write(file, script);
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path program() {
        return folder.resolve("bin").resolve("python3");
    }

    /** The fake, and what a shell script needs; no other Python. */
    Map<String, String> environment() {
        for (String tool : List.of("wc", "mkdir", "sleep")) {
            program(tool, "#!/bin/sh\nexec /bin/" + tool + " \"$@\"\n");
        }
        return Map.of("PATH", folder.resolve("bin").toString());
    }

    /** The command line of each installation. */
    List<String> calls() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
