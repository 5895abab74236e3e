package io.wanspec.endpoints.compute;

import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.endpoints.model.Pass;
import org.jspecify.annotations.Nullable;

/**
 * The session behind one socket. The socket's event loop calls {@link #receive}, {@link #wake} and {@link #disconnect};
 * everything else happens on the compute thread.
 */
public abstract class LinkSession<F> implements PassJob {
    private final Compute compute;
    private final FrameQueue<F> received = new FrameQueue<>();
    private volatile boolean disconnected;
    private volatile boolean admitted;
    private boolean ended;

    protected LinkSession(Compute compute) {
        this.compute = compute;
    }

    /**
     * A session is refused by its first frame or not at all for what others have queued: one that was let in has its work done,
     * however many there are.
     *
     * @return false if the server has too much to do; the caller refuses the peer then
     */
    public final boolean receive(F frame) {
        if (!received.offer(frame)) {
            return false;
        }
        if (admitted) {
            compute.submitAnyway(this);
        } else {
            admitted = compute.submit(this);
        }
        return admitted;
    }

    /** The peer takes messages again. */
    public final void wake() {
        compute.submitAnyway(this);
    }

    /** The peer is gone: the session's memory is freed. */
    public final void disconnect() {
        disconnected = true;
        compute.submitAnyway(this);
    }

    @Override
    public final @Nullable PassRequest next() {
        if (ended) {
            return null;
        }
        if (disconnected) {
            end();
            return null;
        }
        return advance(received);
    }

    @Override
    public final void computed(Pass pass, PassTime time) {
        if (!ended) {
            onPass(pass, time);
        }
    }

    @Override
    public final boolean isOver() {
        return ended;
    }

    @Override
    public final void onFailure(Throwable failure) {
        if (!ended) {
            end();
            refuseAfter(failure);
        }
    }

    /** Ends the session; frames that still come are ignored. */
    protected final void end() {
        ended = true;
        free();
    }

    /** {@link PassJob#next} of a living session. */
    protected abstract @Nullable PassRequest advance(FrameQueue<F> received);

    /** {@link PassJob#computed} of a living session. */
    protected abstract void onPass(Pass pass, PassTime time);

    /** Gives back what the session holds, if anything: at its end, and before it is opened anew. */
    protected abstract void free();

    /** Tells the peer that the server failed. */
    protected abstract void refuseAfter(Throwable failure);

    /** How a peer is told of {@code failure}. */
    protected static RefusalCode codeOf(Throwable failure) {
        return failure instanceof OverloadedException ? RefusalCode.OVERLOADED : RefusalCode.INTERNAL;
    }

    /** @param otherwise what is said of a failure that is none of the peer's business */
    protected static String reasonOf(Throwable failure, String otherwise) {
        return failure instanceof OverloadedException overloaded ? overloaded.remedy() : otherwise;
    }
}
