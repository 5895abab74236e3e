package io.wanspec.cli;

import io.wanspec.simulator.study.Replay;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a recorded trace is replayed with, as it is typed. */
final class ReplayOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description =
                    "Replay what 'wanspec record' wrote there, with the passes measured then, instead of a scenario.")
    private @Nullable String trace;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Of the trace's requests that are replayed (default: its lowest).")
    private @Nullable String temperature;

    @Option(
            names = "--pace",
            paramLabel = "PACE",
            description =
                    "Pass times of a replay: 'measured' ones, or those of the 'reference' scenario (default: measured).")
    private @Nullable String pace;

    /** Empty if no trace is to be replayed. */
    Optional<Replay.Typed> typed() {
        if (trace == null) {
            refuse(temperature, "--temperature");
            refuse(pace, "--pace");
            return Optional.empty();
        }
        return Optional.of(new Replay.Typed(
                trace,
                Objects.requireNonNullElse(temperature, ""),
                Objects.requireNonNullElse(pace, Replay.PACE_MEASURED)));
    }

    private void refuse(@Nullable String value, String option) {
        if (value != null) {
            throw new ParameterException(
                    Bounds.of(command).spec().commandLine(), option + " is of use with --trace FILE alone; add it.");
        }
    }
}
