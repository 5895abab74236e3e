package io.wanspec.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Classes as Java has loaded and linked them before (JEP 310, JEP 350), so that the next start takes less of a processor. Java
 * itself sees whether an archive fits, and goes on without one that does not.
 *
 * @param file in a folder that exists; the archive need not
 */
public record ClassArchive(Path file) {
    /** Flags for a process that writes the archive at its orderly end if there is none that fits, which takes a second or two. */
    public List<String> written() {
        return Stream.concat(Stream.of("-XX:+AutoCreateSharedArchive"), used().stream())
                .toList();
    }

    /** Flags for a process that uses it if it is there. */
    public List<String> used() {
        return List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }
}
