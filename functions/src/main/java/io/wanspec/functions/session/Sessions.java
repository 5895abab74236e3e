package io.wanspec.functions.session;

import io.wanspec.contracts.SessionId;
import io.wanspec.controller.Progress;
import io.wanspec.functions.link.FailureReports;
import io.wanspec.functions.link.Generations;
import io.wanspec.functions.link.Links;
import io.wanspec.functions.settings.ServingLimits;
import io.wanspec.functions.trace.RequestTrace;
import java.util.List;
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
    private final Supplier<List<SessionObserver>> observers;
    private final Experience experience;
    private final DraftFindings findings;
    private final Semaphore places;
    private final Set<SessionShell> running = ConcurrentHashMap.newKeySet();

    /** With an experience of their own. */
    public Sessions(
            ServingLimits limits,
            Links links,
            Generations generations,
            FailureReports failures,
            Supplier<List<SessionObserver>> observers) {
        this(limits, links, generations, failures, new EstimatesByGoal(), observers);
    }

    /** What they find of their draft places is forgotten. */
    public Sessions(
            ServingLimits limits,
            Links links,
            Generations generations,
            FailureReports failures,
            Experience experience,
            Supplier<List<SessionObserver>> observers) {
        this(limits, links, generations, failures, experience, DraftFindings.NONE, observers);
    }

    /**
     * @param findings told what they find of their draft places
     * @param observers gives each session its own
     */
    public Sessions(
            ServingLimits limits,
            Links links,
            Generations generations,
            FailureReports failures,
            Experience experience,
            DraftFindings findings,
            Supplier<List<SessionObserver>> observers) {
        this.limits = limits;
        this.links = links;
        this.generations = generations;
        this.failures = failures;
        this.experience = experience;
        this.findings = findings;
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

    /**
     * Stops a session that runs here, so that another function can go on with it.
     *
     * @return false if it does not run here
     */
    public boolean handOver(SessionId id) {
        List<SessionShell> found =
                running.stream().filter(session -> session.id().equals(id)).toList();
        found.forEach(SessionShell::leave);
        return !found.isEmpty();
    }

    /** Stops what still runs. What is remembered can be gone on with by another function. */
    @Override
    public void close() {
        running.forEach(SessionShell::leave);
        try {
            if (places.tryAcquire(limits.sessionsMax(), DRAIN_SECONDS, TimeUnit.SECONDS)) {
                places.release(limits.sessionsMax());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SessionBody body(SessionRequest request, SessionSink sink, SessionObserver observer) {
        Progress progress = request.continuation().progress();
        if (progress.finish() != null) {
            return new CompletedSession(request, progress.finish());
        }
        return switch (request.speculation().mode()) {
            case TARGET_ONLY ->
                // The plain loop at the endpoint begins with a prompt: it cannot know of half a character behind it.
                progress.isNone()
                        ? new TargetOnlyOrLinked(
                                new TargetOnlySession(request, limits, generations, sink, observer),
                                done -> speculative(request, done, sink, observer))
                        : speculative(request, progress, sink, observer);
            case WANSPEC, COLOCATED -> speculative(request, progress, sink, observer);
        };
    }

    private SessionBody speculative(SessionRequest request, Progress from, SessionSink sink, SessionObserver observer) {
        return new SpeculativeSession(
                request,
                from,
                ControllerPlan.of(request, from, limits),
                experience,
                findings,
                limits.mailboxEvents(),
                links,
                failures,
                sink,
                observer);
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
            var session =
                    new SessionShell(request, sink, observers.get(), (to, observer) -> body(request, to, observer));
            running.add(session);
            Runnable work = RequestTrace.wrap(() -> {
                try {
                    session.run();
                } finally {
                    running.remove(session);
                    release();
                }
            });
            Thread thread = Thread.ofVirtual().name("session-" + session.id()).unstarted(work);
            thread.start();
            started = true;
            return session::cancel;
        }

        /** Waits without the place: {@link #takeAgain} follows, or {@link #close}. */
        public void giveBack() {
            release();
        }

        /** @throws Overloaded if there is none by now */
        public void takeAgain() {
            if (!places.tryAcquire()) {
                throw new Overloaded(limits.sessionsMax());
            }
            open.set(true);
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
