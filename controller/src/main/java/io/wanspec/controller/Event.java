package io.wanspec.controller;

import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;

/**
 * Everything that can happen to a session. Times are nanoseconds of one monotonic clock and never decrease from one event
 * to the next.
 */
public sealed interface Event {
    long atNanos();

    /**
     * The session begins; always the first event.
     *
     * @param arrivedNanos when its request came: its time is counted from there
     */
    record Started(long atNanos, long arrivedNanos) implements Event {
        public Started {
            if (arrivedNanos > atNanos) {
                throw new IllegalArgumentException("a session begins when its request has come");
            }
        }

        /** As soon as its request came. */
        public Started(long atNanos) {
            this(atNanos, atNanos);
        }
    }

    /** The target endpoint holds the prefix. */
    record TargetReady(long atNanos, TargetFrame.Ready frame) implements Event {}

    /** The target answered a round. */
    record TargetVerified(long atNanos, TargetFrame.Verified frame) implements Event {}

    /** The target does not hold the prefix (any more). */
    record TargetForgotPrefix(long atNanos, TargetFrame.PrefixUnknown frame) implements Event {}

    /** The target link broke, or was refused. */
    record TargetLost(long atNanos, String reason, LinkLoss loss) implements Event {
        /** @param mayRetry whether a new link could succeed */
        public TargetLost(long atNanos, String reason, boolean mayRetry) {
            this(atNanos, reason, LinkLoss.of(mayRetry));
        }
    }

    /** A draft worker accepted the session. */
    record WorkerReady(long atNanos, WorkerId worker, DraftFrame.Ready frame) implements Event {}

    /** Draft tokens arrived. The frame may be late, duplicate, out of order or invented. */
    record WorkerDrafted(long atNanos, WorkerId worker, DraftFrame.Drafted frame) implements Event {}

    /** A draft link broke, or was refused. */
    record WorkerLost(long atNanos, WorkerId worker, String reason, LinkLoss loss) implements Event {
        /** @param mayRetry whether a new link could succeed */
        public WorkerLost(long atNanos, WorkerId worker, String reason, boolean mayRetry) {
            this(atNanos, worker, reason, LinkLoss.of(mayRetry));
        }
    }

    /** The time of the last {@link Action.WakeAt} has come. A wake-up that was replaced may still be delivered. */
    record Woken(long atNanos) implements Event {}

    /** The client has closed its connection or cancelled. */
    record ClientGone(long atNanos) implements Event {}
}
