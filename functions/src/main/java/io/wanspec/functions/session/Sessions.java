package io.wanspec.functions.session;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.request.Mode;
import io.wanspec.functions.link.FailureReports;
import io.wanspec.functions.link.Generations;
import io.wanspec.functions.link.Links;
import io.wanspec.functions.settings.ServingLimits;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Admits requests and runs each on a virtual thread of its own. */
public final class Sessions implements AutoCloseable {
    private static final int DRAIN_SECONDS = 5;

    private final ServingLimits limits;
    private final Links links;
    private final Generations generations;
    private final FailureReports failures;
    private final Supplier<SessionObserver> observers;
    private final Experiences experiences = new Experiences();
    private final Semaphore places;
    private final Set<Session> running = ConcurrentHashMap.newKeySet();

    /** @param observers gives each session one of its own */
    public Sessions(
            ServingLimits limits,
            Links links,
            Generations generations,
            FailureReports failures,
            Supplier<SessionObserver> observers) {
        this.limits = limits;
        this.links = links;
        this.generations = generations;
        this.failures = failures;
        this.observers = observers;
        this.places = new Semaphore(limits.sessionsMax());
    }

    /**
     * Takes a place, to be given back.
     *
     * @throws Overloaded if there is none
     */
    public Admission admit() {
        if (!places.tryAcquire()) {
            throw new Overloaded(limits.sessionsMax());
        }
        return new Admission();
    }

    public int running() {
        return running.size();
    }

    /** Ends what still runs: as if every client had left. */
    @Override
    public void close() {
        running.forEach(Session::cancel);
        try {
            if (places.tryAcquire(limits.sessionsMax(), DRAIN_SECONDS, TimeUnit.SECONDS)) {
                places.release(limits.sessionsMax());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Session session(SessionRequest request, SessionSink sink) {
        if (request.speculation().mode() == Mode.TARGET_ONLY) {
            return new TargetOnlySession(request, limits, generations, sink, observers.get());
        }
        return new SpeculativeSession(
                request,
                ControllerPlan.of(request, limits),
                experiences,
                limits.mailboxEvents(),
                links,
                failures,
                sink,
                observers.get());
    }

    /** A place among the running sessions. */
    public final class Admission implements AutoCloseable {
        private final AtomicBoolean open = new AtomicBoolean(true);
        private boolean started;

        private Admission() {}

        /**
         * Starts a session, which gives the place back when it ends.
         *
         * @return cancels the session
         */
        public Runnable start(SessionRequest request, SessionSink sink) {
            Session session = session(request, sink);
            SessionId id = request.generation().session();
            started = true;
            running.add(session);
            Thread.ofVirtual().name("session-" + id).start(() -> {
                try {
                    session.run();
                } finally {
                    running.remove(session);
                    release();
                }
            });
            return session::cancel;
        }

        /** Gives the place back, unless a session has it. */
        @Override
        public void close() {
            if (!started) {
                release();
            }
        }

        private void release() {
            if (open.compareAndSet(true, false)) {
                places.release();
            }
        }
    }
}
