package io.wanspec.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Classes as Java has loaded and linked them before (JEP 310, JEP 350), so that the next start takes less of a processor. Java
 * itself sees whether an archive fits, and goes on without one that does not; but it never replaces one whose libraries have
 * changed. So the libraries are in the archive's name.
 */
public final class ClassArchive {
    /** How long a process may take to end that may have an archive to write: on a busy machine much more than a second or two. */
    static final Duration GRACE = Duration.ofSeconds(20);

    private static final String WRITTEN = "-XX:+AutoCreateSharedArchive";

    private final Path folder;
    private final String name;
    private final Path file;

    /**
     * As the libraries are now: they are looked at once.
     *
     * @param folder exists; the archive need not
     * @param name of whatever shares the archive
     * @param classpath what it is made of
     */
    public ClassArchive(Path folder, String name, String classpath) {
        this.folder = folder;
        this.name = name;
        this.file = folder.resolve(name + "-" + Long.toHexString(fingerprint(classpath)) + ".jsa");
    }

    static boolean isWrittenBy(List<String> command) {
        return command.contains(WRITTEN);
    }

    /**
     * Flags for a process that writes the archive at its orderly end if there is none that fits, which takes a second or two.
     * Those of other libraries are removed.
     */
    public List<String> written() {
        removeOthers();
        return Stream.concat(Stream.of(WRITTEN), used().stream()).toList();
    }

    /** Flags for a process that uses it if it is there. */
    public List<String> used() {
        return List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    Path file() {
        return file;
    }

    /** In the folder. */
    public String fileName() {
        return file.getFileName().toString();
    }

    private static long fingerprint(String classpath) {
        CRC32 sum = new CRC32();
        for (String entry : classpath.split(File.pathSeparator, -1)) {
            File library = new File(entry);
            String line = entry + " " + library.length() + " " + library.lastModified() + "\n";
            sum.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return sum.getValue();
    }

    private void removeOthers() {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(folder, name + "*.jsa")) {
            for (Path archive : archives) {
                if (!archive.equals(file)) {
                    Files.deleteIfExists(archive);
                }
            }
        } catch (IOException e) {
            // They take room, and do no other harm.
            return;
        }
    }
}
