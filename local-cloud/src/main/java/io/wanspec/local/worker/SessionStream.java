package io.wanspec.local.worker;

import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.FrameException;
import io.wanspec.contracts.relay.RelayCodec;
import io.wanspec.contracts.relay.RelayFrame;
import io.wanspec.functions.link.Link;
import io.wanspec.functions.link.LinkFailure;
import io.wanspec.functions.link.LinkListener;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream to the relay for one session: it waits for it, carries its frames to the model server and back, and ends with it. */
final class SessionStream implements LinkListener<byte[]> {
    private final Host host;
    private final long dialledNanos = System.nanoTime();
    private final SessionPicture picture = new SessionPicture();
    private @Nullable Link<byte[]> link;
    private @Nullable DraftSocket draft;
    private State state = State.DIALLED;

    /** Where it is. */
    enum State {
        DIALLED,
        FREE,
        SERVING,
        OVER
    }

    /** What is around it. */
    interface Host {
        Link<byte[]> dial(LinkListener<byte[]> listener);

        RelayFrame.Hello hello();

        DraftSocket draft(Consumer<byte[]> frames, Runnable ended);

        WorkerCounts counts();

        /** @param took from the first frame to its answer */
        void welcomed(Duration took);

        /** @param reason empty: in order */
        void over(SessionStream stream, String reason);
    }

    private SessionStream(Host host) {
        this.host = host;
    }

    static SessionStream open(Host host) {
        SessionStream stream = new SessionStream(host);
        stream.dial();
        return stream;
    }

    private void dial() {
        Link<byte[]> opened = host.dial(this);
        boolean isLate;
        synchronized (this) {
            link = opened;
            isLate = state == State.OVER;
        }
        if (isLate) {
            opened.close();
        } else {
            opened.send(RelayCodec.encode(host.hello()));
        }
    }

    synchronized State state() {
        return state;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - dialledNanos);
    }

    @Override
    public void received(byte[] frame) {
        switch (state()) {
            case DIALLED -> answered(frame);
            case FREE -> begin(frame);
            case SERVING -> toDraft(frame);
            case OVER -> {}
        }
    }

    private void answered(byte[] frame) {
        switch (RelayCodec.decode(frame).orElse(null)) {
            case RelayFrame.Welcome() -> {
                synchronized (this) {
                    state = State.FREE;
                }
                host.welcomed(age());
            }
            case RelayFrame.Denied(String reason) -> end(reason);
            case RelayFrame.Hello _, RelayFrame.Beat _, RelayFrame.Renew _ -> end("the relay answered something else");
            case null -> end("the relay's answer is not understood");
        }
    }

    /** Either a session's first frame, or the relay has no use for this stream any more. */
    private void begin(byte[] frame) {
        if (RelayCodec.decode(frame).orElse(null) instanceof RelayFrame.Denied(String reason)) {
            end(reason);
            return;
        }
        host.counts().session();
        DraftSocket opened = host.draft(this::fromDraft, () -> end("the model server ended the session"));
        boolean isLate;
        synchronized (this) {
            draft = opened;
            isLate = state == State.OVER;
            state = isLate ? State.OVER : State.SERVING;
        }
        if (isLate) {
            opened.close();
        } else {
            toDraft(frame);
        }
    }

    private void toDraft(byte[] frame) {
        DraftSocket to;
        synchronized (this) {
            to = draft;
        }
        host.counts().bytes(frame.length);
        if (decoded(frame) instanceof DraftFrame.Advance advance) {
            host.counts().judged(picture.committed(advance));
        }
        if (to != null) {
            to.send(frame);
        }
    }

    private void fromDraft(byte[] frame) {
        Link<byte[]> to;
        synchronized (this) {
            to = state == State.OVER ? null : link;
        }
        host.counts().bytes(frame.length);
        if (decoded(frame) instanceof DraftFrame.Drafted drafted) {
            picture.drafted(drafted);
            host.counts().drafted(drafted);
        }
        if (to != null) {
            to.send(frame);
        }
    }

    private static @Nullable DraftFrame decoded(byte[] frame) {
        try {
            return FrameCodec.decodeDraft(frame);
        } catch (FrameException strange) {
            // Whom it is for will say so.
            return null;
        }
    }

    @Override
    public void failed(LinkFailure failure) {
        boolean wasServing = state() == State.SERVING;
        end(wasServing ? "" : failure.reason());
    }

    /** Ends it; the relay tells the function, if there is one. */
    void close() {
        end("");
    }

    private void end(String reason) {
        Link<byte[]> opened;
        DraftSocket drafting;
        synchronized (this) {
            if (state == State.OVER) {
                return;
            }
            state = State.OVER;
            opened = link;
            drafting = draft;
        }
        if (opened != null) {
            opened.close();
        }
        if (drafting != null) {
            drafting.close();
        }
        host.over(this, reason);
    }
}
