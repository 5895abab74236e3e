package io.wanspec.endpoints.relay;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.relay.RelayCodec;
import io.wanspec.contracts.relay.RelayFrame;
import io.wanspec.endpoints.server.Io;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream of a worker on site: for control, or for one session. All but {@link #dismiss}, {@link #begin} and {@link #ask} on its own loop. */
final class WorkerSocket extends PipedSocket implements Seat {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerSocket.class);

    private final Switchboard board;
    private final RelaySettings settings;
    private final Strangers strangers;
    private final Presence presence = new Presence();
    private final Allowance allowance = new Allowance(System.nanoTime());
    private State state = State.NEW;
    private @Nullable WorkerId worker;
    private @Nullable Future<?> due;
    private long beats;
    private long answers;
    private long beatNanos;
    private long heardNanos;

    private enum State {
        /** Nobody knows yet whose it is. */
        NEW,
        CONTROL,
        /** It waits for a session. */
        FREE,
        /** It has one, whose first frame from the worker has not come. */
        BEGUN,
        SERVING,
        OVER
    }

    /** @param strangers counts those that have not said who they are */
    WorkerSocket(Channel channel, Switchboard board, RelaySettings settings, Strangers strangers) {
        super(channel);
        this.board = board;
        this.settings = settings;
        this.strangers = strangers;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (strangers.enter()) {
            after(settings.helloMax(), () -> turn("it did not say who it is"));
        } else {
            state = State.OVER;
            Io.close(channel());
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame message) {
        switch (state) {
            case NEW -> hello(message);
            case CONTROL -> control(message);
            case FREE -> breach("it spoke before it was given a session");
            case BEGUN, SERVING -> serve(message);
            case OVER -> {}
        }
    }

    private void hello(WebSocketFrame message) {
        if (!(read(message).orElse(null) instanceof RelayFrame.Hello hello)) {
            turn("a worker's stream begins with hello");
            return;
        }
        switch (board.admit(hello, this, Instant.now())) {
            case Admission.Turned(String reason) -> turn(reason);
            case Admission.Admitted(WorkerId id) -> {
                worker = id;
                cancelDue();
                known();
                channel().pipeline().remove(StrangerBytes.class);
                send(RelayCodec.encode(new RelayFrame.Welcome()));
                if (hello.purpose() == RelayFrame.Purpose.CONTROL) {
                    state = State.CONTROL;
                    heardNanos = System.nanoTime();
                    beat();
                } else {
                    state = State.FREE;
                }
            }
        }
    }

    private static Optional<RelayFrame> read(WebSocketFrame message) {
        return message.content().readableBytes() > RelayCodec.BYTES_MAX
                ? Optional.empty()
                : RelayCodec.decode(ByteBufUtil.getBytes(message.content()));
    }

    private void control(WebSocketFrame message) {
        RelayFrame frame = read(message).orElse(null);
        // Nobody has more to say here than a ticket now and then, and what it is asked.
        if (!isAskedFor(frame)
                && !allowance
                        .take(message.content().readableBytes(), System.nanoTime())
                        .isZero()) {
            breach("it talks too much");
            return;
        }
        switch (frame) {
            case RelayFrame.Beat(long number) -> heard(number);
            case RelayFrame.Renew(String ticket) -> {
                if (worker == null || !board.renew(worker, ticket, Instant.now())) {
                    turn("its ticket is over, or not its own");
                }
            }
            case RelayFrame.Hello _, RelayFrame.Welcome _, RelayFrame.Denied _ ->
                breach("that is no frame for a relay");
            case null -> breach("that is no frame");
        }
    }

    /** A first answer to a beat: others decide how many of those there are. */
    private boolean isAskedFor(@Nullable RelayFrame frame) {
        return frame instanceof RelayFrame.Beat(long number) && number > answers && number <= beats;
    }

    private void beat() {
        if (state != State.CONTROL) {
            return;
        }
        if (System.nanoTime() - heardNanos > settings.absence().toNanos()) {
            turn("it did not answer");
            return;
        }
        sendBeat();
        after(settings.beat(), this::beat);
    }

    private void sendBeat() {
        beats++;
        beatNanos = System.nanoTime();
        send(RelayCodec.encode(new RelayFrame.Beat(beats)));
    }

    private void heard(long number) {
        if (number > beats || worker == null) {
            breach("it answered what it was not asked");
            return;
        }
        answers = Math.max(answers, number);
        heardNanos = System.nanoTime();
        if (number == beats) {
            board.answered(worker, heardNanos - beatNanos);
        }
        presence.answered(number, heardNanos).forEach(this::tell);
    }

    private void tell(Presence.Told told) {
        var _ = channel().eventLoop().schedule(told.there(), told.after().toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Asks the worker whether it is there.
     *
     * @param there called if it answers; never if it does not
     */
    void ask(Runnable there) {
        channel().eventLoop().execute(() -> {
            if (state == State.CONTROL) {
                asked(presence.ask(there, beats + 1, System.nanoTime()));
            }
        });
    }

    private void asked(Presence.Next next) {
        switch (next) {
            case Presence.Next.Beat() -> sendBeat();
            case Presence.Next.Known(Presence.Told told) -> tell(told);
            case Presence.Next.Wait(), Presence.Next.Full() -> {}
        }
    }

    /** A session is this worker's. */
    void begin() {
        channel().eventLoop().execute(() -> {
            if (state == State.FREE) {
                state = State.BEGUN;
                after(settings.answerMax(), () -> breach("it did not answer a session"));
            } else {
                // It left just as it was given the session.
                tellOther();
            }
        });
    }

    private void serve(WebSocketFrame message) {
        if (state == State.BEGUN) {
            state = State.SERVING;
            cancelDue();
        }
        Duration pause = allowance.take(message.content().readableBytes(), System.nanoTime());
        forward(message);
        if (!pause.isZero()) {
            pause(true);
            after(pause, () -> pause(false));
        }
    }

    /** It is left alone for a while. */
    private void breach(String reason) {
        if (worker != null) {
            board.strike(worker, System.nanoTime());
        }
        turn(reason);
    }

    private void turn(String reason) {
        if (state == State.OVER) {
            return;
        }
        LOG.info("a stream of worker {} ends: {}", worker == null ? "unknown" : worker, reason);
        boolean mayBeTold = !isInSession();
        leaveBoard();
        if (mayBeTold) {
            send(RelayCodec.encode(new RelayFrame.Denied(reason)));
        }
        end();
    }

    @Override
    public void dismiss(String reason) {
        channel().eventLoop().execute(() -> turn(reason));
    }

    private void leaveBoard() {
        known();
        state = State.OVER;
        cancelDue();
        presence.over();
        if (worker != null) {
            board.leave(worker, this);
        }
    }

    private void known() {
        if (state == State.NEW) {
            strangers.leave();
        }
    }

    private void after(Duration time, Runnable then) {
        cancelDue();
        due = channel().eventLoop().schedule(then, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void cancelDue() {
        if (due != null) {
            due.cancel(false);
            due = null;
        }
    }

    /** A session is the function's to end: a worker that ends one is left alone for a while. */
    @Override
    void left() {
        if (isInSession() && worker != null) {
            board.strike(worker, System.nanoTime());
        }
        if (state != State.OVER) {
            leaveBoard();
        }
    }

    private boolean isInSession() {
        return state == State.BEGUN || state == State.SERVING;
    }

    /** The session is over, and the stream with it. */
    @Override
    void otherLeft() {
        channel().eventLoop().execute(() -> {
            if (state == State.SERVING && worker != null) {
                board.served(worker);
            }
            if (state != State.OVER) {
                leaveBoard();
            }
            end();
        });
    }

    @Override
    void failed(Throwable cause) {
        // In a session it is struck when it is gone.
        if (state != State.OVER && !isInSession() && worker != null) {
            board.strike(worker, System.nanoTime());
        }
    }
}
