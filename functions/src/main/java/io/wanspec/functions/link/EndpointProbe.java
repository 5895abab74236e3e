package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.Seats;
import io.wanspec.functions.settings.EndpointAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Asks one endpoint who it is: again and again in the background, and at once when somebody needs to know. */
final class EndpointProbe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointProbe.class);

    /** Two questions in a row are missing, and some time for the one under way. */
    private static final Duration TRUSTED = ProbePauses.GOOD.multipliedBy(3);

    /** Sessions come and go. */
    private static final Duration SEATS_TRUSTED = Duration.ofSeconds(3);

    /** Every good answer is followed by a warm connection, unless one was made just now. */
    private static final Duration WARM_INTERVAL = Duration.ofSeconds(20);

    /** Who has not answered yet may be starting, beside this process: that is no warning. */
    private static final Duration START_UP = Duration.ofSeconds(60);

    private final EndpointAddress endpoint;
    private final EndpointCalls calls;
    private final Runnable onChange;
    private final Runnable warm;
    private final Supplier<Optional<String>> tokenizer;
    private final Consumer<Duration> answers;
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicLong questions = new AtomicLong();
    private final Object answered = new Object();
    private final Semaphore wishes = new Semaphore(0);
    private volatile Reply.@Nullable Description description;
    private volatile @Nullable Seats seats;
    private volatile String problem = "not asked yet";
    private volatile boolean starting;
    private volatile @Nullable Duration roundTrip;
    private volatile Instant since = Instant.now();
    private volatile Sighting asked = Sighting.now();
    private volatile boolean closed;
    private volatile boolean resting;
    private volatile long usedNanos = System.nanoTime();
    private long warmedNanos;
    private final long madeNanos = System.nanoTime();
    private boolean answeredOnce;
    private Level reported = Level.INFO;

    /**
     * @param onChange called when the endpoint's description is another one than before
     * @param warm called when the endpoint is found, and from time to time: makes a connection for links to come
     */
    EndpointProbe(EndpointAddress endpoint, EndpointCalls calls, Runnable onChange, Runnable warm) {
        this(endpoint, calls, onChange, warm, Optional::empty, took -> {});
    }

    /**
     * @param tokenizer that the endpoint is to have, if that is known
     * @param answers told how long each answer took
     */
    EndpointProbe(
            EndpointAddress endpoint,
            EndpointCalls calls,
            Runnable onChange,
            Runnable warm,
            Supplier<Optional<String>> tokenizer,
            Consumer<Duration> answers) {
        this.endpoint = endpoint;
        this.tokenizer = tokenizer;
        this.answers = answers;
        this.calls = calls;
        this.onChange = onChange;
        this.warm = warm;
    }

    void start() {
        Thread.ofVirtual().name("probe-" + endpoint.name()).start(this::askForever);
    }

    Optional<Reply.Description> known() {
        return Optional.ofNullable(description);
    }

    /** How many sessions it had when it last answered, if it says that and this was just now. */
    Optional<Seats> seats() {
        return isFresh(SEATS_TRUSTED) ? Optional.ofNullable(seats) : Optional.empty();
    }

    /** What is known, or else what the endpoint says now; callers that come together share one question. */
    Optional<Reply.Description> knownOrAsked() {
        if (description == null || isOld()) {
            long before = questions.get();
            asking.lock();
            try {
                if (questions.get() == before) {
                    ask();
                }
            } finally {
                asking.unlock();
            }
        }
        return known();
    }

    /** Whether what is known is too old to build on: the process was frozen, and nobody has asked meanwhile. */
    boolean isOld() {
        return Sighting.now().since(asked).compareTo(TRUSTED) > 0;
    }

    /** The quickest answer so far: others had to wait for a connection, or for a pass under way. */
    Optional<Duration> roundTrip() {
        return Optional.ofNullable(roundTrip);
    }

    /** Since when it answers, or does not. */
    Instant since() {
        return since;
    }

    /** Whether the last question was asked less than {@code age} ago. */
    boolean isFresh(Duration age) {
        return questions.get() > 0 && Sighting.now().since(asked).compareTo(age) < 0;
    }

    /** How many questions have been asked and answered, or not; see {@link #awaitMore}. */
    long questions() {
        return questions.get();
    }

    /** Waits for another question than the first {@code before} to be over, until {@code deadlineNanos}. */
    void awaitMore(long before, long deadlineNanos) throws InterruptedException {
        synchronized (answered) {
            for (long left = deadlineNanos - System.nanoTime(); questions.get() <= before && left > 0; ) {
                TimeUnit.NANOSECONDS.timedWait(answered, left);
                left = deadlineNanos - System.nanoTime();
            }
        }
    }

    /** Why nothing is known. */
    String problem() {
        return problem;
    }

    /** Whether that is because it has no instance in service yet. */
    boolean isStarting() {
        return starting;
    }

    /** Somebody has a use for the endpoint: it is asked from time to time for a while, and soon if it was not of late. */
    void use() {
        usedNanos = System.nanoTime();
        if (resting) {
            askSoon();
        }
    }

    /** Asks again soon. */
    void askSoon() {
        if (wishes.availablePermits() == 0) {
            wishes.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        wishes.release();
    }

    private void askForever() {
        var pauses = new ProbePauses();
        while (!closed) {
            asking.lock();
            try {
                ask();
            } finally {
                asking.unlock();
            }
            Duration unused = Duration.ofNanos(System.nanoTime() - usedNanos);
            try {
                rest(pauses.next(description != null, unused));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** @param pause absent until somebody has a use for the endpoint */
    private void rest(Optional<Duration> pause) throws InterruptedException {
        resting = pause.isEmpty();
        if (pause.isEmpty()) {
            wishes.acquire();
            resting = false;
        } else if (!wishes.tryAcquire(pause.get().toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        wishes.drainPermits();
    }

    /** With the lock held. */
    private void ask() {
        Reply.Description before = description;
        try {
            long asked = System.nanoTime();
            learn(calls.describe(endpoint, tokenizer.get()));
            onAnswered(Duration.ofNanos(System.nanoTime() - asked));
            problem = "";
            starting = false;
        } catch (EndpointException e) {
            description = null;
            starting = e.isStarting();
            report(e);
        } catch (RuntimeException e) {
            // Whatever an endpoint answers, the others must stay usable.
            description = null;
            LOG.error("Endpoint {} could not be asked", endpoint.name(), e);
        }
        Reply.Description after = description;
        if ((before == null) != (after == null)) {
            since = Instant.now();
        }
        asked = Sighting.now();
        synchronized (answered) {
            questions.incrementAndGet();
            answered.notifyAll();
        }
        if (after != null && !after.equals(before)) {
            LOG.info(
                    "Endpoint {} in {} serves {}",
                    endpoint.name(),
                    endpoint.region(),
                    after.model().name());
            onChange.run();
            warmedNanos = 0;
        }
        if (after != null && (warmedNanos == 0 || System.nanoTime() - warmedNanos > WARM_INTERVAL.toNanos())) {
            warmedNanos = System.nanoTime();
            warm.run();
        }
    }

    /** Who it is changes rarely, and is news; how many are with it does not matter to that. */
    private void learn(Reply.Description said) {
        seats = said.seats();
        description = new Reply.Description(said.protocol(), said.model(), said.role());
    }

    private void onAnswered(Duration took) {
        answeredOnce = true;
        Duration before = roundTrip;
        roundTrip = before == null || took.compareTo(before) < 0 ? took : before;
        answers.accept(took);
    }

    private void report(EndpointException e) {
        String message = String.valueOf(e.getMessage());
        Level level = mayBeStarting() ? Level.INFO : Level.WARN;
        if ((!message.equals(problem) || level != reported) && !closed) {
            LOG.atLevel(level)
                    .log(
                            "Endpoint {} in {} cannot be used: {} ({})",
                            endpoint.name(),
                            endpoint.region(),
                            message,
                            LinkFailures.detail(e.getCause()));
        }
        problem = message;
        reported = level;
    }

    private boolean mayBeStarting() {
        return !answeredOnce && System.nanoTime() - madeNanos < START_UP.toNanos();
    }
}
