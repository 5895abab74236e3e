package io.wanspec.functions.settings;

import io.wanspec.controller.DraftShape;
import io.wanspec.controller.VerifyShape;
import io.wanspec.controller.policy.Redundancy;

/**
 * How a request speculates: the configured default, with what the request's own {@code wanspec} object overrides.
 *
 * @param entropyThresholdNats for {@link RedundancyKind#ENTROPY}: a surer draft than this goes on; 0 to 20
 * @param priceMs for {@link RedundancyKind#VALUE}: saved time that a busy-region pass must be expected to bring; 0 to 10,000
 */
public record Speculation(
        Mode mode, RedundancyKind redundancy, double entropyThresholdNats, double priceMs, Drafts drafts) {
    public static final double ENTROPY_NATS_MAX = 20;
    public static final double PRICE_MS_MAX = 10_000;

    /** Unknown places that one busy-region pass looks behind where drafts are trees. */
    private static final int VALUE_PASS_NODES = 4;

    public Speculation {
        if (!(entropyThresholdNats >= 0 && entropyThresholdNats <= ENTROPY_NATS_MAX)) {
            throw new IllegalArgumentException("entropy threshold must be between 0 and 20 nats");
        }
        if (!(priceMs >= 0 && priceMs <= PRICE_MS_MAX)) {
            throw new IllegalArgumentException("price must be between 0 and 10000 ms");
        }
    }

    /** What holds where neither configuration nor request says otherwise. */
    public static Speculation defaults() {
        // Two nats: a draft that still has seven or so equal candidates is as good as lost.
        return new Speculation(Mode.WANSPEC, RedundancyKind.VALUE, 2, 5, defaultDrafts(DraftKind.TREE));
    }

    /** The part of the defaults that depends on what drafts look like. */
    public static Drafts defaultDrafts(DraftKind kind) {
        return switch (kind) {
            case CHAIN -> Drafts.chain(VerifyShape.CHAIN_TOKENS_DEFAULT, DraftShape.CHAIN_WINDOW_DEFAULT);
            case TREE -> new Drafts(DraftKind.TREE, 16, 40, 8, 4);
        };
    }

    /** The drafts of a request that asks for another kind: those of this configuration if it is of that kind. */
    public Drafts drafts(DraftKind kind) {
        return drafts.kind() == kind ? drafts : defaultDrafts(kind);
    }

    public Redundancy rule() {
        return switch (redundancy) {
            case NEVER -> new Redundancy.Never();
            case ALWAYS -> new Redundancy.Always();
            case ENTROPY -> new Redundancy.Entropy(entropyThresholdNats);
            case VALUE -> new Redundancy.Value(priceMs, drafts.kind() == DraftKind.TREE ? VALUE_PASS_NODES : 1);
        };
    }
}
