package io.wanspec.it.crash;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/** A class path of jars alone: Java keeps no archive of classes that lie in folders. */
final class JarPath {
    private static final Map<String, String> KNOWN = new HashMap<>();

    private JarPath() {}

    /** With each folder as a jar, which is made once by this JVM. */
    static synchronized String of(String classpath, Path into) throws IOException {
        String known = KNOWN.get(classpath);
        if (known != null) {
            return known;
        }
        Files.createDirectories(into);
        List<String> jars = new ArrayList<>();
        for (String part : classpath.split(File.pathSeparator, -1)) {
            if (part.isEmpty()) {
                // To Java it is the current folder, in which the jar itself grows.
                continue;
            }
            Path path = Path.of(part);
            jars.add(Files.isDirectory(path) ? jar(path, into.resolve(jars.size() + ".jar")) : part);
        }
        String all = String.join(File.pathSeparator, jars);
        KNOWN.put(classpath, all);
        return all;
    }

    private static String jar(Path folder, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                var out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(folder)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (Path each : (Iterable<Path>) all.filter(path -> !path.equals(folder))::iterator) {
                add(folder.relativize(each).toString().replace(File.separatorChar, '/'), each, out);
            }
        }
        return jar.toString();
    }

    /** Folders have entries, too: beans are found by listing theirs. */
    private static void add(String name, Path each, JarOutputStream out) throws IOException {
        boolean isFolder = Files.isDirectory(each);
        out.putNextEntry(new JarEntry(isFolder ? name + "/" : name));
        if (!isFolder) {
            Files.copy(each, out);
        }
        out.closeEntry();
    }
}
