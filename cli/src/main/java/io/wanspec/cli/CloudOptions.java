package io.wanspec.cli;

import io.wanspec.local.launch.CloudSettings;
import io.wanspec.local.launch.Pace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command that starts a local cloud. */
final class CloudOptions {
    static final String PACE = "--pace";

    /** The pace of a large pair. */
    static final String REFERENCE = "reference";

    private static final double DELAY_MS_MAX = 10_000;

    private enum PaceName {
        NONE("none"),
        REFERENCE(CloudOptions.REFERENCE);

        private final String word;

        PaceName(String word) {
            this.word = word;
        }
    }

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    private double rttMs = 30;
    private double jitterMs;
    private Pace pace = Pace.NONE;

    @Mixin
    private final ModelOptions models = new ModelOptions();

    @Option(
            names = "--rtt",
            paramLabel = "MS",
            defaultValue = "30",
            description = "Round trip between the busy region and the draft region, in milliseconds, 0 to 10000"
                    + " (default: ${DEFAULT-VALUE}).")
    void setRtt(String value) {
        rttMs = bounds().number("--rtt", value, 0, DELAY_MS_MAX, " (milliseconds)", "--rtt 30");
    }

    @Option(
            names = "--jitter",
            paramLabel = "MS",
            defaultValue = "0",
            description = "Mean of the random delay on top of the round trip, in milliseconds, 0 to 10000"
                    + " (default: ${DEFAULT-VALUE}).")
    void setJitter(String value) {
        jitterMs = bounds().number("--jitter", value, 0, DELAY_MS_MAX, " (milliseconds)", "--jitter 5");
    }

    @Option(
            names = PACE,
            paramLabel = "NAME",
            defaultValue = "none",
            description =
                    "none: the servers run as fast as they can. reference: every pass is padded to the times of a large"
                            + " pair (target 40 ms + 0.2 ms per token verified, busy-region draft 6 ms, remote draft 8 ms,"
                            + " drafts 5 %% more per further node) (default: ${DEFAULT-VALUE}).")
    void setPace(String value) {
        PaceName name = bounds().oneOf(PACE, value, PaceName.values(), each -> each.word);
        pace = name == PaceName.REFERENCE ? Pace.REFERENCE : Pace.NONE;
    }

    /** @param port of the gateway, 0 for any */
    CloudSettings settings(int port) {
        return new CloudSettings(rttMs, jitterMs, port, pace, models.target(), models.draft());
    }

    private Bounds bounds() {
        return Bounds.of(spec);
    }
}
