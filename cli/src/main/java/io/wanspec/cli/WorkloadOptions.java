package io.wanspec.cli;

import io.wanspec.local.launch.Pace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a benchmark of whole answers samples them, and how much slower than its pace it lets them run. */
final class WorkloadOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    private double temperature;
    private long seed = 1;
    private double slowness = 1;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description = "Sampling temperature, 0 to 2 (default: ${DEFAULT-VALUE}).")
    void setTemperature(String value) {
        temperature = bounds().number("--temperature", value, 0, 2, "", "--temperature 0.8");
    }

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the first prompt's sampling, 0 to 2^52; each further prompt has the next one"
                    + " (default: ${DEFAULT-VALUE}).")
    void setSeed(String value) {
        seed = bounds().whole("--seed", value, 0, 1L << 52, "", "--seed 42");
    }

    @Option(
            names = "--slow",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "With a pace: let all passes and round trips take N times as long, and divide measured times by N, 1 to"
                            + " 10; for a machine whose own passes do not fit the pace (default: ${DEFAULT-VALUE}).")
    void setSlow(String value) {
        slowness = Slowness.read(bounds(), value);
    }

    double temperature() {
        return temperature;
    }

    long seed() {
        return seed;
    }

    /** How many times slower than {@code pace}, which must be one. */
    double slowness(Pace pace) {
        Slowness.require(bounds(), slowness, pace);
        return slowness;
    }

    private Bounds bounds() {
        return Bounds.of(spec);
    }
}
