package io.wanspec.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What another JVM on this machine holds, as Linux and the JDK's jcmd tell. */
public record LookedAtJvm(long pid) {
    private static final Pattern USED = Pattern.compile("(?:def new generation|DefNew|[Tt]enured).* used (\\d+)K");
    private static final int TRIES = 6;
    private static final Pattern NAME = Pattern.compile("(?m)^#\\d+ \"([^\"]*)\"");

    public static LookedAtJvm at(ProcessHandle process) {
        return new LookedAtJvm(process.pid());
    }

    /** Of the operating system: virtual ones are none of these. */
    int threads() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return (int) all.count();
        }
    }

    /** The names of all threads, virtual ones included. */
    public List<String> threadNames() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("threads");
        Path dump = folder.resolve("dump.txt");
        try {
            jcmd("Thread.dump_to_file", dump.toString());
            List<String> names = NAME.matcher(Files.readString(dump))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            if (names.isEmpty()) {
                throw new IOException("no thread in the dump of " + pid);
            }
            return names;
        } finally {
            Files.deleteIfExists(dump);
            Files.delete(folder);
        }
    }

    int sockets() throws IOException {
        int sockets = 0;
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path descriptor : all.toList()) {
                sockets += isSocket(descriptor) ? 1 : 0;
            }
        }
        return sockets;
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** What is used of the heap behind a full collection: of a serial collector. */
    long liveHeapKib() throws IOException, InterruptedException {
        jcmd("GC.run");
        String said = jcmd("GC.heap_info");
        long used = USED.matcher(said)
                .results()
                .map((MatchResult part) -> part.group(1))
                .mapToLong(Long::parseLong)
                .sum();
        if (used == 0) {
            throw new IOException("no heap of a serial collector in: " + said);
        }
        return used;
    }

    /** The most memory that it ever had. */
    long residentMaxKib() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private String jcmd(String... command) throws IOException, InterruptedException {
        List<String> line = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                        .toString(),
                                Long.toString(pid)),
                        Stream.of(command))
                .toList();
        for (int tried = 1; ; tried++) {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) {
                return said;
            }
            // On a busy machine the other JVM may not answer within the ten seconds that jcmd gives it.
            if (tried == TRIES || !said.contains("respond")) {
                throw new IOException(String.join(" ", line) + ": " + said);
            }
        }
    }
}
