package io.wanspec.endpoints.server;

import io.wanspec.endpoints.compute.Outbound;
import org.jspecify.annotations.Nullable;

/** The way back to a peer that calls again and again: to the latest of its calls that waits for frames. */
final class CallOutbound<F> implements Outbound<F> {
    private final LinkProtocol<F> protocol;
    private final Runnable onClose;
    private @Nullable FrameSink sink;
    private byte @Nullable [] last;
    private int turn;

    /** @param onClose called when the session has ended by itself */
    CallOutbound(LinkProtocol<F> protocol, Runnable onClose) {
        this.protocol = protocol;
        this.onClose = onClose;
    }

    /** From now on frames go there; the call before is over. */
    synchronized void attach(FrameSink next) {
        FrameSink before = sink;
        turn++;
        sink = next;
        if (before != null) {
            before.end();
        }
        if (last != null) {
            next.frame(last);
            next.end();
        }
    }

    @Override
    public synchronized boolean isWritable() {
        return sink != null && sink.isWritable();
    }

    /** A frame that nobody waits for is dropped: the peer asks again for what it needs. */
    @Override
    public synchronized void send(F frame) {
        FrameSink open = sink;
        if (open != null && !open.frame(protocol.encode(frame))) {
            sink = null;
        } else if (open == null && protocol.isRefusal(frame)) {
            last = protocol.encode(frame);
        }
    }

    @Override
    public synchronized int turn() {
        return turn;
    }

    @Override
    public synchronized void rested(int since) {
        if (since == turn) {
            end();
        }
    }

    @Override
    public void close() {
        end();
        onClose.run();
    }

    /** Whether a call waits for frames. */
    synchronized boolean isAnswering() {
        return sink != null && sink.isWritable();
    }

    /** The call that waits for frames, if one does, gets no more. */
    synchronized void end() {
        FrameSink open = sink;
        sink = null;
        if (open != null) {
            open.end();
        }
    }
}
