package io.wanspec.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Where processes that this one starts find their classes. */
public final class ClassPath {
    private ClassPath() {}

    /** As this process has it, but for the order. */
    public static String ofThisProcess() {
        return librariesFirst(System.getProperty("java.class.path"));
    }

    /** A {@link ClassArchive} holds nothing of a folder, and nothing of what stands behind one. */
    static String librariesFirst(String classpath) {
        return Arrays.stream(classpath.split(File.pathSeparator, -1))
                .sorted(Comparator.comparing(entry -> Files.isDirectory(Path.of(entry))))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
