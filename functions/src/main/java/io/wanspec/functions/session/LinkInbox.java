package io.wanspec.functions.session;

import io.wanspec.controller.Event;
import io.wanspec.functions.link.LinkListener;
import io.wanspec.functions.link.Loss;

/** Turns what one link hears into events. A link is lost once, and one that the session has left is not heard. */
abstract class LinkInbox<F> implements LinkListener<F> {
    private final Mailbox mailbox;
    private boolean lost;
    private volatile boolean left;

    LinkInbox(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** The event that a frame is, or a loss if the frame is nonsense or a refusal. */
    abstract Event event(long nowNanos, F frame);

    abstract Event lossEvent(long nowNanos, Loss loss);

    @Override
    public final synchronized void received(F frame) {
        if (!lost) {
            mailbox.post(now -> remember(event(now, frame)), this::isWanted);
        }
    }

    @Override
    public final synchronized void lost(Loss loss) {
        if (!lost) {
            mailbox.post(now -> remember(lossEvent(now, loss)), this::isWanted);
        }
    }

    /** The session has closed this link: what is still under way is of no interest. */
    final void leave() {
        left = true;
    }

    private boolean isWanted() {
        return !left;
    }

    private Event remember(Event event) {
        lost = event instanceof Event.WorkerLost || event instanceof Event.TargetLost;
        return event;
    }
}
