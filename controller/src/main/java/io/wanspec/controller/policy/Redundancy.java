package io.wanspec.controller.policy;

import io.wanspec.contracts.Limits;

/** When the busy region drafts a position although a remote worker drafts it too. */
public sealed interface Redundancy {
    /** Not at all. The busy region drafts only if no remote worker is given; if one is lost, the target decodes plainly. */
    record Never() implements Redundancy {}

    /** Every position: co-located speculation with remote drafts on top. */
    record Always() implements Redundancy {}

    /**
     * Only while the remote worker is out of step with the target and its draft tokens cannot be here in time; only as long as
     * the draft is sure enough of itself that the position is likely to be reached; and only if a draft token is expected to
     * save more time than it takes: our reconstruction of the paper's entropy rule.
     *
     * @param thresholdNats a path whose last draft token had a higher entropy is not continued
     */
    record Entropy(double thresholdNats) implements Redundancy {
        public Entropy {
            if (!(thresholdNats >= 0)) {
                throw new IllegalArgumentException("entropy threshold must be at least 0 nats, was " + thresholdNats);
            }
        }
    }

    /**
     * Only where no remote draft token is expected in time, and the time that a busy-region pass is expected to save exceeds
     * its price: the value of information.
     *
     * @param price what a busy-region pass must be expected to save
     * @param passNodes likeliest unknown places that one pass covers at most
     */
    record Value(Price price, int passNodes) implements Redundancy {
        public Value {
            if (passNodes < 1 || passNodes > Limits.PASS_NODES_MAX) {
                throw new IllegalArgumentException("a pass covers 1 to " + Limits.PASS_NODES_MAX + " nodes");
            }
        }
    }
}
