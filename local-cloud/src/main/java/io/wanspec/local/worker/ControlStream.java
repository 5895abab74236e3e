package io.wanspec.local.worker;

import io.wanspec.contracts.relay.RelayCodec;
import io.wanspec.contracts.relay.RelayFrame;
import io.wanspec.functions.link.Link;
import io.wanspec.functions.link.LinkFailure;
import io.wanspec.functions.link.LinkListener;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A worker's stream for control: it answers the relay's beats, and carries tickets. */
final class ControlStream implements LinkListener<byte[]> {
    /** Three beats of the relay's. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(16);

    private final Consumer<String> onOver;
    private final Consumer<ControlStream> onWelcome;
    private final long dialledNanos = System.nanoTime();
    private volatile long heardNanos = System.nanoTime();
    private volatile boolean welcomed;
    private volatile boolean over;
    private volatile @Nullable Link<byte[]> link;

    /** @param onOver told why, once, unless it was closed */
    ControlStream(Consumer<ControlStream> onWelcome, Consumer<String> onOver) {
        this.onWelcome = onWelcome;
        this.onOver = onOver;
    }

    /** @param dial opens a stream to the relay */
    ControlStream open(Function<LinkListener<byte[]>, Link<byte[]>> dial, RelayFrame.Hello hello) {
        Link<byte[]> opened = dial.apply(this);
        link = opened;
        if (over) {
            opened.close();
        } else {
            opened.send(RelayCodec.encode(hello));
        }
        return this;
    }

    boolean isWelcome() {
        return welcomed && !over;
    }

    boolean isOver() {
        return over;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - dialledNanos);
    }

    /** Whether the relay has not been heard for so long that it, or the way to it, is taken for lost. */
    boolean isSilent() {
        return System.nanoTime() - heardNanos > SILENCE_MAX.toNanos();
    }

    void renew(String ticket) {
        say(new RelayFrame.Renew(ticket));
    }

    private void say(RelayFrame frame) {
        Link<byte[]> to = link;
        if (to != null && !over) {
            to.send(RelayCodec.encode(frame));
        }
    }

    @Override
    public void received(byte[] frame) {
        heardNanos = System.nanoTime();
        switch (RelayCodec.decode(frame).orElse(null)) {
            case RelayFrame.Welcome() -> {
                welcomed = true;
                onWelcome.accept(this);
            }
            case RelayFrame.Beat beat -> say(beat);
            case RelayFrame.Denied(String reason) -> end(reason);
            case RelayFrame.Hello _, RelayFrame.Renew _ -> end("the relay said what only a worker says");
            case null -> end("the relay is not understood");
        }
    }

    @Override
    public void failed(LinkFailure failure) {
        end(failure.reason());
    }

    void end(String reason) {
        if (!over) {
            close();
            onOver.accept(reason);
        }
    }

    void close() {
        over = true;
        Link<byte[]> opened = link;
        if (opened != null) {
            opened.close();
        }
    }
}
