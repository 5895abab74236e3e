package io.wanspec.local.worker;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.relay.RelayFrame;
import io.wanspec.functions.link.Link;
import io.wanspec.functions.link.LinkListener;
import io.wanspec.functions.link.RelayDial;
import io.wanspec.functions.settings.EndpointAddress;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A draft worker on site. It dials out only: the API for tickets, the relay for sessions. What is lost it opens again, after a pause, until it
 * is told to end. One thread does all of it, woken by what happens on the streams.
 */
public final class SiteWorker implements AutoCloseable {
    private static final Duration TURN = Duration.ofSeconds(1);

    private static final int INSTANCE_LENGTH = 8;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final WorkerSettings settings;
    private final JoinApi api;
    private final LocalDraft draft;
    private final String instance;
    private final Random chance = new SecureRandom();
    private final Semaphore wishes = new Semaphore(0);
    private final WorkerCounts counts = new WorkerCounts();
    private final DialCredentialsHolder credentials = new DialCredentialsHolder();
    private final RetryPause joinPause = new RetryPause();
    private final RetryPause dialPause = new RetryPause();
    private final List<SessionStream> sessions = new ArrayList<>();
    private final Thread thread;
    private @Nullable ModelIdentity model;
    private volatile JoinReply.@Nullable Joined joined;
    private volatile String state = "starting";
    private volatile @Nullable String fatal;
    private volatile @Nullable ControlStream control;
    private volatile @Nullable ControlStream nextControl;
    private volatile @Nullable Duration toRelay;
    private volatile boolean draining;
    private volatile boolean reportSoon;
    private volatile boolean refused;
    private @Nullable RelayDial dial;
    private @Nullable EndpointAddress dialled;
    private long joinNanos = System.nanoTime();
    private long ticketNanos = System.nanoTime();
    private volatile long dialNanos = System.nanoTime();
    private long drainedNanos;

    private SiteWorker(WorkerSettings settings) {
        this.settings = settings;
        this.api = new JoinApi(settings.api(), settings.token());
        this.draft = new LocalDraft(settings.draft());
        this.instance = drawn();
        // No virtual thread: it waits for the API, and a small machine has few carriers.
        this.thread = Thread.ofPlatform().daemon().name("site-worker").unstarted(this::run);
    }

    /** Starts it; it joins by itself, and again and again. */
    public static SiteWorker start(WorkerSettings settings) {
        SiteWorker worker = new SiteWorker(settings);
        worker.thread.start();
        return worker;
    }

    private String drawn() {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < INSTANCE_LENGTH; i++) {
            name.append(LETTERS.charAt(chance.nextInt(LETTERS.length())));
        }
        return name.toString();
    }

    /** How it is doing. */
    public WorkerReport report() {
        JoinReply.Joined now = joined;
        return counts.report(state, now == null ? settings.slots() : now.slots(), busy(), Optional.ofNullable(toRelay));
    }

    /** The site that it joined, once it has. */
    public Optional<String> site() {
        return Optional.ofNullable(joined).map(JoinReply.Joined::site);
    }

    /** Whether sessions can be given to it now. */
    public boolean isReady() {
        synchronized (sessions) {
            return sessions.stream().anyMatch(stream -> stream.state() == SessionStream.State.FREE);
        }
    }

    /** Why it has ended by itself: the API refuses its token. */
    public Optional<String> fatal() {
        return Optional.ofNullable(fatal);
    }

    /** Takes no more sessions, and ends when those that it has are over, or after a while. */
    public void drain() {
        draining = true;
        drainedNanos = System.nanoTime() + settings.drain().toNanos();
        wake();
    }

    /** Returns when it has ended. */
    public void await() throws InterruptedException {
        thread.join();
    }

    /** Ends it at once. */
    @Override
    public void close() {
        draining = true;
        drainedNanos = System.nanoTime();
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (fatal == null && !isDrained()) {
                tryTurn();
                if (wishes.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                    wishes.drainPermits();
                }
            }
            leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hangUp();
        }
    }

    private boolean isDrained() {
        return draining && (busy() == 0 || System.nanoTime() - drainedNanos >= 0);
    }

    /** Whatever goes wrong, it is tried again. */
    private void tryTurn() throws InterruptedException {
        try {
            turn();
        } catch (RuntimeException e) {
            state = "failed, and tries again: " + e;
            dialNanos = System.nanoTime() + dialPause.next(chance.nextDouble()).toNanos();
        }
    }

    private void turn() throws InterruptedException {
        long now = System.nanoTime();
        if (model == null) {
            findModel();
        }
        if (model != null && (reportSoon || now - joinNanos >= 0)) {
            reportSoon = false;
            join(model);
        }
        JoinReply.Joined ticket = joined;
        if (ticket != null && now - ticketNanos < 0) {
            keepControl(ticket);
            keepSessions(ticket);
        }
    }

    private void findModel() throws InterruptedException {
        try {
            model = draft.model();
        } catch (IOException e) {
            state = "waits for the model server: " + e.getMessage();
        }
    }

    private void join(ModelIdentity of) throws InterruptedException {
        JoinReply reply = api.join(form(of, false));
        long now = System.nanoTime();
        switch (reply) {
            case JoinReply.Joined ticket -> {
                credentials.take(ticket.keys().orElse(null));
                joined = ticket;
                joinPause.reset();
                ticketNanos = now + ticket.ticketLife().toNanos();
                joinNanos = now + ticket.ticketLife().toNanos() / 3;
                Optional.ofNullable(control).ifPresent(stream -> stream.renew(ticket.ticket()));
            }
            case JoinReply.Denied(String sentence) -> fatal = sentence;
            case JoinReply.Later(String reason) -> {
                state = reason;
                joinNanos = now + joinPause.next(chance.nextDouble()).toNanos();
            }
        }
    }

    private JoinForm form(ModelIdentity of, boolean leaving) {
        return new JoinForm(
                instance,
                of,
                settings.slots(),
                Math.min(busy(), settings.slots()),
                counts.pass(),
                Optional.ofNullable(toRelay),
                !leaving && credentials.areNeeded(Instant.now()),
                leaving);
    }

    private void keepControl(JoinReply.Joined ticket) {
        ControlStream held = control;
        boolean isNeeded = held == null || !isAlive(held) || held.age().compareTo(settings.streamAge()) > 0;
        if (isNeeded && !isAlive(nextControl) && System.nanoTime() - dialNanos >= 0) {
            // Before the next try, unless this one is welcome.
            dialNanos = System.nanoTime() + dialPause.next(chance.nextDouble()).toNanos();
            ControlStream next = new ControlStream(this::welcomed, this::lost);
            nextControl = next;
            next.open(dial(ticket)::apply, hello(ticket, RelayFrame.Purpose.CONTROL));
        }
    }

    private static boolean isAlive(@Nullable ControlStream stream) {
        if (stream != null && stream.isSilent()) {
            stream.end("the relay is silent");
        }
        return stream != null && !stream.isOver();
    }

    /** The relay knows the worker by the one before until this one is welcome. */
    private void welcomed(ControlStream next) {
        ControlStream before = control;
        control = next;
        nextControl = null;
        if (before != null) {
            before.close();
        }
        dialPause.reset();
        state = "joined";
        reportSoon = true;
        wake();
    }

    private void lost(String reason) {
        state = "the relay was lost: " + reason;
        wake();
    }

    private void keepSessions(JoinReply.Joined ticket) {
        ControlStream held = control;
        synchronized (sessions) {
            sessions.removeIf(stream -> stream.state() == SessionStream.State.OVER);
        }
        if (held == null || !held.isWelcome() || draining) {
            closeFree(Duration.ZERO, draining);
            return;
        }
        closeFree(settings.streamAge(), true);
        // After streams that ended as they should the next ones need not wait.
        if (!refused || System.nanoTime() - dialNanos >= 0) {
            for (int open = open(); open < ticket.slots(); open++) {
                SessionStream stream = SessionStream.open(new Around(ticket));
                synchronized (sessions) {
                    sessions.add(stream);
                }
            }
        }
    }

    private int open() {
        synchronized (sessions) {
            return (int) sessions.stream()
                    .filter(stream -> stream.state() != SessionStream.State.OVER)
                    .count();
        }
    }

    private int busy() {
        synchronized (sessions) {
            return (int) sessions.stream()
                    .filter(stream -> stream.state() == SessionStream.State.SERVING)
                    .count();
        }
    }

    private void closeFree(Duration age, boolean on) {
        List<SessionStream> free;
        synchronized (sessions) {
            free = sessions.stream()
                    .filter(stream -> on
                            && stream.state() == SessionStream.State.FREE
                            && stream.age().compareTo(age) >= 0)
                    .toList();
        }
        free.forEach(SessionStream::close);
    }

    private RelayFrame.Hello hello(JoinReply.Joined ticket, RelayFrame.Purpose purpose) {
        ModelIdentity of = model;
        if (of == null) {
            throw new IllegalStateException("a worker dials when it knows its model");
        }
        return new RelayFrame.Hello(purpose, ticket.ticket(), of, ProtocolVersion.CURRENT);
    }

    private Dialling dial(JoinReply.Joined ticket) {
        RelayDial open = dial;
        if (open == null || !ticket.relay().equals(dialled)) {
            closeDial();
            open = new RelayDial(ticket.relay(), credentials, settings.slots() + 2);
            dial = open;
            dialled = ticket.relay();
        }
        RelayDial at = open;
        return listener -> at.open(listener, bytes -> {});
    }

    /** Opens a stream to the relay. */
    private interface Dialling {
        Link<byte[]> apply(LinkListener<byte[]> listener);
    }

    private void closeDial() {
        if (dial != null) {
            dial.close();
            dial = null;
        }
    }

    private void leave() throws InterruptedException {
        if (joined != null && fatal == null && model != null) {
            var _ = api.join(form(model, true));
        }
    }

    private void hangUp() {
        List<SessionStream> all;
        synchronized (sessions) {
            all = List.copyOf(sessions);
        }
        all.forEach(SessionStream::close);
        Optional.ofNullable(control).ifPresent(ControlStream::close);
        Optional.ofNullable(nextControl).ifPresent(ControlStream::close);
        closeDial();
        draft.close();
        api.close();
        state = fatal == null ? "ended" : String.valueOf(fatal);
    }

    private void wake() {
        if (wishes.availablePermits() == 0) {
            wishes.release();
        }
    }

    /** What a session's stream needs. */
    private final class Around implements SessionStream.Host {
        private final JoinReply.Joined ticket;

        Around(JoinReply.Joined ticket) {
            this.ticket = ticket;
        }

        @Override
        public Link<byte[]> dial(LinkListener<byte[]> listener) {
            return SiteWorker.this.dial(ticket).apply(listener);
        }

        @Override
        public RelayFrame.Hello hello() {
            return SiteWorker.this.hello(ticket, RelayFrame.Purpose.SESSION);
        }

        @Override
        public DraftSocket draft(Consumer<byte[]> frames, Runnable ended) {
            return draft.open(frames, ended);
        }

        @Override
        public WorkerCounts counts() {
            return counts;
        }

        @Override
        public void welcomed(Duration took) {
            refused = false;
            dialPause.reset();
            Duration before = toRelay;
            toRelay = before == null || took.compareTo(before) < 0 ? took : before;
        }

        @Override
        public void over(SessionStream stream, String reason) {
            if (!reason.isEmpty() && !draining) {
                refused = true;
                dialNanos =
                        System.nanoTime() + dialPause.next(chance.nextDouble()).toNanos();
            }
            wake();
        }
    }
}
