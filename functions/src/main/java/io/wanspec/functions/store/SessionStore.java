package io.wanspec.functions.store;

import io.wanspec.contracts.SessionId;
import io.wanspec.controller.Progress;
import io.wanspec.functions.session.Continuation;
import io.wanspec.functions.session.SessionControl;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Unwritten;
import io.wanspec.functions.table.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Remembers sessions: gives each a recorder, finds them again, and takes over those whose function was lost. What is said to
 * block throws {@link SdkException} if the table does not answer.
 */
public final class SessionStore implements AutoCloseable {
    private static final int DRAIN_SECONDS = 5;

    /** A look waits so long at most while there are writes to make: it loses no lease, and nobody's text. */
    private static final Duration LOOK_PATIENCE = Lease.DURATION;

    /** Records of sessions that were not started after all are forgotten; the table's expire. */
    private static final int RESERVED_MAX = 1_024;

    private final SessionTable table;
    private final StoreSettings settings;
    private final Clock clock;
    private final StoreCounters counters = new StoreCounters();
    private final RecordWriter.Means means;
    private final ExecutorService background = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("recorder-", 0).factory());
    private final Map<SessionId, SessionHead> reserved = Collections.synchronizedMap(new Newest<>());
    private final Map<SessionId, Unclear> unclear = Collections.synchronizedMap(new Newest<>());
    private final Map<SessionId, CompletableFuture<Boolean>> writing = new ConcurrentHashMap<>();
    private final Map<SessionId, RecordWriter> writers = new ConcurrentHashMap<>();
    private final String process = UUID.randomUUID().toString();
    private final AtomicLong owners = new AtomicLong();

    public SessionStore(Table table, StoreSettings settings, Clock clock) {
        this.table = new SessionTable(table, clock);
        this.settings = settings;
        this.clock = clock;
        this.means = new RecordWriter.Means(
                this.table,
                new WriteBudget(settings.writesPerSecond()),
                counters,
                clock,
                settings.checkpointInterval());
    }

    /**
     * A record that may have been written, or may still be.
     *
     * @param shared whether something was to be written with it that tells others of it
     */
    private record Unclear(SessionHead head, boolean shared) {}

    /**
     * Makes sure of the record before the session starts, where that is required: by the settings, because somebody may ask for the
     * text, or because a key is charged for it, which is settled by the record if this function is lost. Blocks.
     *
     * @param promised whether somebody may ask for the text
     */
    public void reserve(SessionRequest request, boolean promised) {
        boolean charged = request.account().keyId().isPresent();
        if ((promised || charged || settings.required())
                && !reserved.containsKey(request.generation().session())) {
            Instant now = clock.instant();
            reserved.put(request.generation().session(), create(request, Lease.first(newOwner(), now), now));
        }
    }

    /**
     * Makes the record before the session starts, in one transaction with another item. Blocks.
     *
     * @return a refusal of {@code with}, after which there is no record
     */
    public Write reserve(SessionRequest request, Change with) {
        Instant now = clock.instant();
        SessionHead head = head(request, Lease.first(newOwner(), now), now);
        Write written = create(head, request, with);
        if (written.tookEffect()) {
            reserved.put(head.id(), head);
        }
        return written;
    }

    /** The same for a session that another function is to start. Blocks. */
    public Write queue(SessionRequest request, Change with) {
        Instant now = clock.instant();
        return create(head(request, Lease.queued(now), now), request, with);
    }

    private Write create(SessionHead head, SessionRequest request, Change with) {
        Write written = written(head, true, () -> table.create(head, SessionInput.of(request.generation()), with));
        if (written.tookEffect()) {
            counters.wrote();
        }
        return written;
    }

    /** Remembers a session that another function is to start, whoever claims it first. Blocks. */
    public void queue(SessionRequest request) {
        Instant now = clock.instant();
        create(request, Lease.queued(now), now);
    }

    private SessionHead create(SessionRequest request, Lease lease, Instant now) {
        SessionHead head = head(request, lease, now);
        Written written = written(head, false, () -> table.create(head, SessionInput.of(request.generation())));
        if (written instanceof Written.Lost) {
            throw new IllegalStateException("there is a session of this id already");
        }
        counters.wrote();
        return head;
    }

    private <T> T written(SessionHead head, boolean shared, Supplier<T> write) {
        try {
            return write.get();
        } catch (SdkException e) {
            if (!Unwritten.isCertain(e)) {
                unclear.put(head.id(), new Unclear(head, shared));
            }
            throw e;
        }
    }

    /**
     * Ends for good what this process failed to record, and may be recorded all the same, now or later: nobody goes on with it. Blocks.
     *
     * @return false if it is there, and others may go on with it: they settle it
     */
    public boolean withdraw(SessionId id) {
        Unclear record = unclear.get(id);
        boolean withdrawn = record != null && table.withdraw(record.head(), record.shared());
        unclear.remove(id);
        return withdrawn;
    }

    /** An observer for one session, which writes in the background. */
    public EndRecorder recorder() {
        return new SessionRecorder(this::writer, this::write);
    }

    /** Blocks. */
    public Optional<SessionRecord> find(SessionId id) {
        return table.find(id);
    }

    /** Whether a session whose id was read in the table is there no more; it may not be readable yet either. Blocks. */
    public boolean isGone(SessionId id) {
        return table.isGone(id);
    }

    /** What is remembered beside prompt and text. Blocks. */
    public Optional<SessionHead> head(SessionId id) {
        return table.head(id);
    }

    /** As {@link #head}, for whoever looks again and again: counted with the writes, behind those that are due. Blocks. */
    public Optional<SessionHead> look(SessionId id) throws InterruptedException {
        return counted(() -> table.head(id));
    }

    /**
     * What is durable of a text behind so many tokens, as many as were durable at an earlier look. Counted as {@link #look}; blocks.
     *
     * @return empty if it was deleted meanwhile
     */
    public Optional<Progress> more(SessionHead head, int from) throws InterruptedException {
        return counted(() -> table.more(head, from));
    }

    private <T> T counted(Supplier<T> read) throws InterruptedException {
        try (var _ = means.budget().await(System.nanoTime() + LOOK_PATIENCE.toNanos(), false)) {
            return read.get();
        }
    }

    /**
     * Notes that somebody was asked to go on with a lapsed session. Blocks.
     *
     * @return false if that was noted of late, of this lapse, or somebody goes on with it by now: there is nothing to ask for
     */
    public boolean noteAsked(SessionHead lapsed) {
        return table.noteAsked(lapsed);
    }

    /** Takes that back: nobody could be asked. Blocks. */
    public void forgetAsked(SessionHead lapsed) {
        table.forgetAsked(lapsed);
    }

    /** Whether no function has it any more, or none has had it yet, and whoever wants to may take it. */
    public boolean isLapsed(SessionHead head) {
        return head.status() == SessionStatus.RUNNING && head.lease().isFree(clock.instant());
    }

    /** Whether an outage leaves it to whoever goes on with it next, as long as readers alone do so. */
    public boolean outlastsOutages(SessionHead head) {
        return SweepRule.outlastsOutages(head, clock.instant());
    }

    /** How long it takes at most until it has lapsed, if whoever has it is not heard of again. */
    public Duration left(SessionHead head) {
        return isLapsed(head) ? Duration.ZERO : head.lease().leftAt(clock.instant());
    }

    /** Takes over a session whose lease is free. Blocks. */
    public Claim claim(SessionId id) {
        return table.claim(id, newOwner());
    }

    /** Gives back what was taken and not started. Blocks. */
    public void release(SessionRecord taken) {
        table.release(taken.head());
    }

    /**
     * Ends what was taken, because nobody could go on with it. Blocks.
     *
     * @return false if it was another's by then
     */
    public boolean fail(SessionRecord taken, String message) {
        return !(table.end(taken.head().ended(SessionStatus.FAILED, "", message)) instanceof Written.Lost);
    }

    /**
     * Ends a session, whatever function has it, which hears of it within seconds. Blocks.
     *
     * @param unowned told of a session that no function had, as it was: none hears of its end
     * @return false if it had ended, or there is none
     */
    public boolean cancel(SessionId id, Consumer<SessionHead> unowned) {
        return table.cancel(id, unowned);
    }

    /** Forgets a session. A function that works at it hears of it within seconds. Blocks. */
    public void delete(SessionId id) {
        table.delete(id);
    }

    /**
     * Waits until a session that runs here has its record, or could not be given one yet. Does not ask the table.
     *
     * @return whether that is so; false at once where none is being written here
     */
    public boolean awaitBegun(SessionId id, Duration most) throws InterruptedException {
        RecordWriter writer = writers.get(id);
        return writer != null && writer.awaitBegun(most);
    }

    /**
     * Waits until the end of a session that ran here is durable.
     *
     * @return whether it is, or the session is another's, or none is being written here; false where the table does not answer
     */
    public boolean awaitWritten(SessionId id, Duration most) throws InterruptedException {
        try {
            return writing.getOrDefault(id, CompletableFuture.completedFuture(true))
                    .get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    public StoreCounters counters() {
        return counters;
    }

    /** Waits a little for the last states to be written. */
    @Override
    public void close() {
        background.shutdown();
        try {
            if (!background.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
                background.shutdownNow();
            }
        } catch (InterruptedException e) {
            background.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private RecordWriter writer(SessionRequest request, SessionControl session) {
        Continuation from = request.continuation();
        Instant now = clock.instant();
        SessionHead known = reserved.remove(request.generation().session());
        boolean created = known != null || !from.isFresh();
        if (known == null) {
            Lease lease =
                    from.isFresh() ? Lease.first(newOwner(), now) : new Lease(from.owner(), from.fence(), from.until());
            known = head(request, lease, now)
                    .with(from.progress().tokens().size(), from.progress().finish());
        }
        return new RecordWriter(means, known, SessionInput.of(request.generation()), created, session);
    }

    private void write(SessionId session, RecordWriter writer) {
        writers.put(session, writer);
        CompletableFuture<Boolean> done = CompletableFuture.supplyAsync(
                () -> {
                    writer.run();
                    return writer.isSettled();
                },
                background);
        writing.put(session, done);
        var _ = done.whenComplete((settled, _) -> {
            writers.remove(session, writer);
            // One that did not become durable is remembered, for whoever asks later.
            if (Boolean.TRUE.equals(settled) || writing.size() > RESERVED_MAX) {
                writing.remove(session, done);
            }
        });
    }

    private SessionHead head(SessionRequest request, Lease lease, Instant now) {
        return SessionHead.of(request, lease, now, now.plus(settings.timeToLive()));
    }

    private static final class Newest<T> extends LinkedHashMap<SessionId, T> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, T> eldest) {
            return size() > RESERVED_MAX;
        }
    }

    /** Another one for each session that is taken: whoever asks twice must not take its own first answer for the second. */
    private String newOwner() {
        return process + "/" + owners.incrementAndGet();
    }
}
