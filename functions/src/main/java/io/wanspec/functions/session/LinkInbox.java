package io.wanspec.functions.session;

import io.wanspec.controller.Event;
import io.wanspec.functions.link.LinkListener;
import io.wanspec.functions.link.Loss;
import java.util.function.LongFunction;

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
            post(now -> event(now, frame));
        }
    }

    @Override
    public final synchronized void lost(Loss loss) {
        if (!lost) {
            post(now -> lossEvent(now, loss));
        }
    }

    /** The session has closed this link: what is still under way is of no interest. */
    final void leave() {
        left = true;
    }

    private boolean isWanted() {
        return !left;
    }

    /** A loss counts as told only once it is in the mailbox. */
    private void post(LongFunction<Event> event) {
        boolean[] isLoss = {false};
        boolean posted = mailbox.post(
                now -> {
                    Event made = event.apply(now);
                    isLoss[0] = made instanceof Event.WorkerLost || made instanceof Event.TargetLost;
                    return made;
                },
                this::isWanted);
        lost = posted && isLoss[0];
    }
}
