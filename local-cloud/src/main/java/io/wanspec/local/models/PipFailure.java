package io.wanspec.local.models;

import io.wanspec.emulator.pip.Pip;

/** Tells why pip failed, and the remedy. */
final class PipFailure {
    private PipFailure() {}

    static ModelException of(String modelName, Pip.Outcome outcome) {
        return switch (outcome.trouble()) {
            case DISK_FULL -> diskFull(modelName);
            case NETWORK -> unreachable(ModelException.Kind.NETWORK, "Check the network", modelName, outcome);
            case NOT_OFFERED ->
                unreachable(
                        ModelException.Kind.NOT_OFFERED,
                        "Check whether this machine's Python is a usual one",
                        modelName,
                        outcome);
            case OTHER ->
                new ModelException(
                        ModelException.Kind.FETCH_FAILED,
                        "pip ended with exit code " + outcome.exitCode() + " while fetching " + modelName + " ("
                                + outcome.lastLine() + "). Run `./wanspec model pull " + modelName
                                + "` to try again.");
        };
    }

    static ModelException diskFull(String modelName) {
        return new ModelException(
                ModelException.Kind.DISK_FULL,
                "The disk is full: fetching " + modelName + " needs some 200 MB. Free space, or set WANSPEC_HOME to a"
                        + " folder on another disk.");
    }

    private static ModelException unreachable(
            ModelException.Kind kind, String check, String modelName, Pip.Outcome outcome) {
        return new ModelException(
                kind,
                "pip could not get the package of " + modelName + " (" + outcome.lastLine() + "). " + check
                        + " and pip's index settings (`python3 -m pip config list`), then run `./wanspec model pull "
                        + modelName + "`.");
    }
}
