package io.wanspec.functions.settings;

import io.wanspec.contracts.Limits;
import io.wanspec.controller.ControllerSettings;

/**
 * How a request speculates: the configured default, with what the request's own {@code wanspec} object overrides.
 *
 * @param entropyThresholdNats for {@link RedundancyKind#ENTROPY}: a surer draft than this goes on; 0 to 20
 * @param runLength most draft tokens in one round
 * @param window how far remote workers may run ahead
 */
public record Speculation(
        Mode mode, RedundancyKind redundancy, double entropyThresholdNats, int runLength, int window) {
    public static final double ENTROPY_NATS_MAX = 20;

    /** Two nats: a draft that still has seven or so equal candidates is as good as lost. */
    public static final double ENTROPY_NATS_DEFAULT = 2;

    public Speculation {
        if (!(entropyThresholdNats >= 0 && entropyThresholdNats <= ENTROPY_NATS_MAX)) {
            throw new IllegalArgumentException("entropy threshold must be between 0 and 20 nats");
        }
        if (runLength < 1 || runLength > Limits.RUN_TOKENS_MAX) {
            throw new IllegalArgumentException("run length must be between 1 and " + Limits.RUN_TOKENS_MAX);
        }
        if (window < 1 || window > Limits.WINDOW_TOKENS_MAX) {
            throw new IllegalArgumentException("window must be between 1 and " + Limits.WINDOW_TOKENS_MAX);
        }
    }

    public static Speculation defaults() {
        return new Speculation(
                Mode.WANSPEC,
                RedundancyKind.ENTROPY,
                ENTROPY_NATS_DEFAULT,
                ControllerSettings.RUN_LENGTH_DEFAULT,
                ControllerSettings.WINDOW_DEFAULT);
    }
}
