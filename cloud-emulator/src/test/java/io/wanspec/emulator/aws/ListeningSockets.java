package io.wanspec.emulator.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a process listens, as Linux tells. */
final class ListeningSockets {
    private static final String LISTENS = "0A";

    private ListeningSockets() {}

    /** @param address in Linux's hexadecimal, the port included */
    record Socket(String address) {
        boolean isLoopback() {
            return address.startsWith("0100007F:") || address.startsWith("00000000000000000000000001000000:");
        }
    }

    static List<Socket> of(long pid) throws IOException {
        Set<String> inodes = inodes(pid);
        List<Socket> sockets = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            Path file = Path.of("/proc/net", table);
            List<String> rows = Files.exists(file) ? Files.readAllLines(file) : List.of();
            rows.stream()
                    .map(row -> row.strip().split("\\s+", -1))
                    .filter(cells -> cells.length > 9 && cells[3].equals(LISTENS) && inodes.contains(cells[9]))
                    .map(cells -> new Socket(cells[1]))
                    .forEach(sockets::add);
        }
        return sockets;
    }

    private static Set<String> inodes(long pid) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors
                    .map(ListeningSockets::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring(8, target.length() - 1))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
