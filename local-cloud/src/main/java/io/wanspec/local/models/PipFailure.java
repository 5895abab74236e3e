package io.wanspec.local.models;

import java.util.List;
import java.util.Locale;

/** Tells from what pip wrote why it failed. */
final class PipFailure {
    private static final List<String> DISK = List.of("no space left on device", "disk quota exceeded");
    private static final List<String> NETWORK = List.of(
            "name resolution",
            "name or service not known",
            "max retries exceeded",
            "newconnectionerror",
            "connection refused",
            "connection reset",
            "connection broken",
            "incompleteread",
            "timed out",
            "network is unreachable",
            "proxyerror",
            "sslerror",
            "could not find a version",
            "no matching distribution");

    private PipFailure() {}

    static ModelException of(String modelName, Pip.Outcome outcome) {
        String output = outcome.output().toLowerCase(Locale.ROOT);
        if (DISK.stream().anyMatch(output::contains)) {
            return diskFull(modelName);
        }
        if (NETWORK.stream().anyMatch(output::contains)) {
            return new ModelException(
                    ModelException.Kind.NETWORK,
                    "pip could not get the package of " + modelName + " (" + lastLine(outcome.output())
                            + "). Check the network and pip's index settings (`python3 -m pip config list`), then run"
                            + " `./wanspec model pull " + modelName + "`.");
        }
        return new ModelException(
                ModelException.Kind.FETCH_FAILED,
                "pip ended with exit code " + outcome.exitCode() + " while fetching " + modelName + " ("
                        + lastLine(outcome.output()) + "). Run `./wanspec model pull " + modelName + "` to try again.");
    }

    static ModelException diskFull(String modelName) {
        return new ModelException(
                ModelException.Kind.DISK_FULL,
                "The disk is full: fetching " + modelName + " needs some 200 MB. Free space, or set WANSPEC_HOME to a"
                        + " folder on another disk.");
    }

    private static String lastLine(String output) {
        List<String> lines = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("[notice]"))
                .toList();
        String last = lines.isEmpty() ? "it wrote nothing" : lines.getLast();
        return last.length() <= 200 ? last : last.substring(0, 200) + "…";
    }
}
