package io.wanspec.functions.jobs;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.resume.Resumable;
import io.wanspec.functions.resume.Resumption;
import io.wanspec.functions.session.Overloaded;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionOutcome.Failure;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.store.Lease;
import io.wanspec.functions.store.SessionStore;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Jobs as sessions that are gone on with: whoever has the lease generates, and everybody else waits or finds the end. */
public final class SessionJobs implements JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SessionJobs.class);

    /** A place is free again when another session of this process ends. */
    private static final Duration NO_PLACE = Duration.ofSeconds(5);

    /** A function may be frozen as soon as it has answered: until then everything has to be written. */
    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(10);

    /** The table may be back then. */
    private static final Duration NO_TABLE = Duration.ofSeconds(5);

    private final Function<SessionId, Resumable> resumption;
    private final Sessions sessions;
    private final SessionStore store;

    public SessionJobs(Resumption resumption, Sessions sessions, SessionStore store) {
        this(resumption::resume, sessions, store);
    }

    SessionJobs(Function<SessionId, Resumable> resumption, Sessions sessions, SessionStore store) {
        this.resumption = resumption;
        this.sessions = sessions;
        this.store = store;
    }

    @Override
    public JobOutcome run(SessionId session, StopSignal stop) throws InterruptedException {
        if (stop.isAsked()) {
            return new JobOutcome.HandedOver();
        }
        try (var admission = sessions.admit()) {
            return switch (resumption.apply(session)) {
                case Resumable.Ready ready -> stop.isAsked() ? givenBack(ready) : generate(ready, admission, stop);
                case Resumable.Later(var reason, var pause) -> new JobOutcome.Later(reason, pause);
                case Resumable.Ended ended -> new JobOutcome.Done();
                // It has expired, or was deleted: nobody waits for it any more.
                case Resumable.Unknown unknown -> new JobOutcome.Done();
            };
        } catch (Overloaded e) {
            return new JobOutcome.Later("every place of this process is taken", NO_PLACE);
        } catch (SdkException e) {
            LOG.warn("session={} waits for the table: {}", session, e.getMessage());
            return new JobOutcome.Later("the table does not answer", NO_TABLE);
        }
    }

    /** The function was told to stop while it waited for the table. */
    private JobOutcome givenBack(Resumable.Ready ready) {
        store.release(ready.record());
        return new JobOutcome.HandedOver();
    }

    private JobOutcome generate(Resumable.Ready ready, Sessions.Admission admission, StopSignal stop)
            throws InterruptedException {
        SessionId session = ready.record().id();
        var end = new JobEnd();
        start(ready, admission, end);
        stop.onAsked(() -> sessions.handOver(session));
        SessionOutcome outcome = end.await();
        if (!store.awaitWritten(session, WRITTEN_WITHIN)) {
            // Whoever comes next goes on behind what is written.
            return new JobOutcome.Later("how far it came is not written", Lease.DURATION.plus(Lease.SKEW_MAX));
        }
        return outcome instanceof SessionOutcome.Failed(Failure failure, String message, var _)
                ? ofFailure(failure, message, end.hasProgressed())
                : new JobOutcome.Done();
    }

    /** In the name of the request that made the session. */
    private void start(Resumable.Ready ready, Sessions.Admission admission, JobEnd end) {
        Runnable start = () -> admission.start(ready.request().patiently(), end);
        try {
            ready.record()
                    .head()
                    .origin()
                    .map(trace -> trace.around(start))
                    .orElse(start)
                    .run();
        } catch (RuntimeException e) {
            store.release(ready.record());
            throw e;
        }
    }

    /** The record goes on, since the request is patient: only what nobody can go on with ends as failed. */
    private static JobOutcome ofFailure(Failure failure, String message, boolean progressed) {
        return switch (failure) {
            case MOVED -> new JobOutcome.HandedOver();
            case TARGET_STARTING -> new JobOutcome.Later(message, Resumption.PAUSE_STARTING);
            case TARGET_UNAVAILABLE, DEADLINE_EXCEEDED -> new JobOutcome.CutOff(message, progressed);
            // It was deleted, or there is nothing left that anybody could go on with.
            case RECORD_GONE -> new JobOutcome.Done();
            case INTERNAL -> new JobOutcome.Failed(message);
        };
    }
}
