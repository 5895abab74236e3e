package io.wanspec.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The cores that this process may use, as Linux tells. */
public final class CpuCores {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path TOPOLOGY = Path.of("/sys/devices/system/cpu");

    private CpuCores() {}

    /** Allowed cores, one of each physical core first, their hyper-thread siblings last; empty where Linux's files are not. */
    public static List<Integer> allowed() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            List<Integer> allowed = lines.filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .findFirst()
                    .map(line -> parse(line.substring(line.indexOf(':') + 1).strip()))
                    .orElse(List.of());
            return siblingsLast(allowed);
        } catch (IOException | NumberFormatException unknown) {
            return List.of();
        }
    }

    /** Reads a list as in {@code 0-3,8,10-11}. */
    static List<Integer> parse(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .flatMap(range -> range(range).boxed())
                .toList();
    }

    private static IntStream range(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return IntStream.of(Integer.parseInt(text));
        }
        return IntStream.rangeClosed(
                Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }

    private static List<Integer> siblingsLast(List<Integer> cores) {
        List<Integer> first = new ArrayList<>();
        List<Integer> siblings = new ArrayList<>();
        for (int core : cores) {
            (isSiblingOfOne(core, first) ? siblings : first).add(core);
        }
        first.addAll(siblings);
        return List.copyOf(first);
    }

    private static boolean isSiblingOfOne(int core, List<Integer> others) {
        Path file = TOPOLOGY.resolve("cpu" + core).resolve("topology").resolve("thread_siblings_list");
        try {
            return parse(Files.readString(file).strip()).stream().anyMatch(others::contains);
        } catch (IOException | NumberFormatException unknown) {
            return false;
        }
    }
}
