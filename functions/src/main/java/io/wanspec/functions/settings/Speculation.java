package io.wanspec.functions.settings;

import io.wanspec.controller.Goal;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a request speculates: the configured default, with what the request's own {@code wanspec} object overrides.
 *
 * @param goal what settles everything that is not said here
 * @param entropyThresholdNats for {@link RedundancyKind#ENTROPY}: a surer draft than this goes on; 0 to 20
 * @param price for {@link RedundancyKind#VALUE}: what a busy-region pass must be expected to save, in times of a token with
 *     co-located speculation; 0 to 100
 */
public record Speculation(
        Mode mode,
        Goal goal,
        Optional<RedundancyKind> redundancy,
        double entropyThresholdNats,
        OptionalDouble price,
        Drafts drafts) {
    public static final double ENTROPY_NATS_MAX = 20;
    public static final double PRICE_MAX = 100;

    /** Two nats: a draft that still has seven or so equal candidates is as good as lost. */
    private static final double ENTROPY_NATS_DEFAULT = 2;

    public Speculation {
        if (!(entropyThresholdNats >= 0 && entropyThresholdNats <= ENTROPY_NATS_MAX)) {
            throw new IllegalArgumentException("entropy threshold must be between 0 and 20 nats");
        }
        if (price.isPresent() && !(price.getAsDouble() >= 0 && price.getAsDouble() <= PRICE_MAX)) {
            throw new IllegalArgumentException("price must be between 0 and 100 tokens");
        }
    }

    /** What holds where neither configuration nor request says otherwise. */
    public static Speculation defaults() {
        return new Speculation(
                Mode.WANSPEC,
                Goal.ECONOMY,
                Optional.empty(),
                ENTROPY_NATS_DEFAULT,
                OptionalDouble.empty(),
                Drafts.of(DraftKind.TREE));
    }

    /** The drafts of a request that asks for this kind: those configured, if they are of that kind. */
    public Drafts drafts(DraftKind kind) {
        return drafts.kind() == kind ? drafts : Drafts.of(kind);
    }
}
