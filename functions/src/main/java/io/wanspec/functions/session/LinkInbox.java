package io.wanspec.functions.session;

import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.controller.Event;
import io.wanspec.controller.LinkLoss;
import io.wanspec.functions.link.LinkFailure;
import io.wanspec.functions.link.LinkListener;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/** Turns what one link hears into events. A link fails once, and one that the session has left is not heard. */
abstract class LinkInbox<F> implements LinkListener<F> {
    private final EventQueue events;
    private final BooleanSupplier lowersVersion;
    private boolean failed;
    private volatile boolean left;

    /** @param lowersVersion lowers what is spoken with the peer, and says whether that was possible */
    LinkInbox(EventQueue events, BooleanSupplier lowersVersion) {
        this.events = events;
        this.lowersVersion = lowersVersion;
    }

    /** The event that a frame is, or a failure if the frame is invalid or a refusal. */
    abstract Event event(long nowNanos, F frame);

    abstract Event failureEvent(long nowNanos, LinkFailure failure);

    @Override
    public final synchronized void received(F frame) {
        if (!failed) {
            post(now -> event(now, frame));
        }
    }

    @Override
    public final synchronized void failed(LinkFailure failure) {
        if (!failed) {
            post(now -> failureEvent(now, failure));
        }
    }

    /** The session has closed this link: what is still under way is of no interest. */
    final void leave() {
        left = true;
    }

    /** What a refusal says about a new link. */
    final LinkLoss lossBy(RefusalCode code) {
        return switch (code) {
            case PROTOCOL_MISMATCH -> LinkLoss.of(lowersVersion.getAsBoolean());
            case OVERLOADED -> LinkLoss.BUSY;
            case PREFIX_UNKNOWN, INTERNAL -> LinkLoss.BROKEN;
            case MODEL_MISMATCH, BAD_FRAME, CONTEXT_EXCEEDED, UNKNOWN -> LinkLoss.FINAL;
        };
    }

    private boolean isWanted() {
        return !left;
    }

    /** A failure counts as reported only once it is in the queue. */
    private void post(LongFunction<Event> event) {
        boolean[] isFailure = {false};
        boolean posted = events.post(
                now -> {
                    Event made = event.apply(now);
                    isFailure[0] = made instanceof Event.WorkerLost || made instanceof Event.TargetLost;
                    return made;
                },
                this::isWanted);
        failed = posted && isFailure[0];
    }
}
