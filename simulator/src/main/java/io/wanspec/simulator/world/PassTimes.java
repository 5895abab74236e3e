package io.wanspec.simulator.world;

import io.wanspec.simulator.trace.TraceHeader;

/** How long passes take, in nanoseconds. Immutable. */
public interface PassTimes {
    /** A target of 70B or so beside a draft of 1B, as in the reference scenario. */
    static PassTimes reference() {
        return new LinearPassTimes(40, 0.2, 6, 8, 0.05);
    }

    /** As measured when the trace was recorded; the draft takes as long in either region. */
    static PassTimes measured(TraceHeader header) {
        return MeasuredPassTimes.of(header.targetPassMs(), header.draftPassMs());
    }

    /** A target pass over the committed token and {@code drafts} others, 0 or more. */
    long targetNanos(int drafts);

    /** A busy-region draft pass over {@code nodes}, at least 1. */
    long busyDraftNanos(int nodes);

    /** A remote draft pass over {@code nodes}, at least 1. */
    long remoteDraftNanos(int nodes);

    /** For an engine that drafts and verifies in one turn: verification takes the time of its drafts as well, they take none. */
    PassTimes inOneTurn();
}
