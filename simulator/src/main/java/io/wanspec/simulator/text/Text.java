package io.wanspec.simulator.text;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.controller.lookup.FreeDrafter;
import io.wanspec.drafting.Outlooks;

/**
 * A target and its draft as pure functions of the prefix, so that all workers agree and a text is the same however it was
 * speculated. One text a request; not thread-safe.
 */
public interface Text {
    /** Most candidates that a draft names behind a prefix. */
    int CANDIDATES = 4;

    /**
     * The target's token behind this prefix.
     *
     * @param position of that token
     */
    int target(long branch, int position);

    /**
     * What the draft expects behind this prefix, appended to {@code out}.
     *
     * @param candidates how many to name
     */
    void outlook(long branch, int position, int candidates, Outlooks out);

    /** How the request asked for it: what it says of its kind. */
    default SamplingOptions sampling() {
        return SamplingOptions.greedy();
    }

    /**
     * What drafts without a model.
     *
     * @param acceptance probability that such a token is right, where it is not known from the text; 0 for none
     */
    default FreeDrafter freeDrafter(double acceptance) {
        return acceptance > 0 ? new SyntheticLookup(this, acceptance) : FreeDrafter.NONE;
    }
}
