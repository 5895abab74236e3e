package io.wanspec.functions.timeline;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.request.TimelineWish;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.follow.Rendering;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.store.TimelineItems;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timelines of sessions: those of this process, and those that were kept with their sessions' records. */
public final class Timelines {
    private static final Logger LOG = LoggerFactory.getLogger(Timelines.class);

    /** How long the end of a record is waited for, with which its timeline is kept. */
    private static final Duration RECORDED_WITHIN = Duration.ofSeconds(30);

    private final RecentTimelines recent;
    private final Beginnings beginnings;
    private final @Nullable Durable durable;
    private final Keepers keepers = new Keepers();

    /** Where sessions are remembered. */
    private record Durable(SessionStore sessions, TimelineItems items) {}

    /** @param items beside the records of {@code sessions}; both or neither are there */
    public Timelines(
            WanSpecSettings settings,
            RecentTimelines recent,
            Optional<SessionStore> sessions,
            Optional<TimelineItems> items,
            Clock clock) {
        this.recent = recent;
        this.beginnings = new Beginnings(settings, clock);
        this.durable = sessions.flatMap(store -> items.map(there -> new Durable(store, there)))
                .orElse(null);
    }

    /** Records one session. */
    public SessionObserver observer() {
        return new TimelineObserver(beginnings, recent, this::keep);
    }

    /**
     * A stream that also tells the session's events, as far as they happen in this process, if they are wanted.
     *
     * @param choice of several texts in one stream, which one it is
     */
    public Rendering told(Rendering stream, SessionId session, TimelineWish wish, OptionalInt choice) {
        return wish.isAsked() ? new TimelineRendering(stream, recent, session, choice) : stream;
    }

    /**
     * What is known of a session, a line each event: what this process recorded, but of a session that it left to others rather what
     * these have kept. Blocks where it is read from the record.
     *
     * @return empty if nothing is, or it belongs to somebody else
     */
    public Optional<byte[]> find(SessionId session, Ownership owner) {
        Optional<TimelineLog> here = recent.find(session);
        if (here.isPresent() && !here.get().isLeft()) {
            return told(here.get(), owner);
        }
        return kept(session, owner).or(() -> here.flatMap(log -> told(log, owner)));
    }

    private static Optional<byte[]> told(TimelineLog log, Ownership owner) {
        return owner.equals(log.owner()) ? Optional.of(JsonLines.joined(log.from(0))) : Optional.empty();
    }

    private Optional<byte[]> kept(SessionId session, Ownership owner) {
        return durable == null
                ? Optional.empty()
                : durable.sessions()
                        .head(session)
                        .filter(head -> owner.equals(head.account().owner()))
                        .flatMap(_ -> durable.items().find(session))
                        .map(JsonLines::expanded);
    }

    /** One that was deleted; what is kept beside its record goes with that. */
    public void forget(SessionId session) {
        recent.forget(session);
    }

    private void keep(SessionRequest request, TimelineLog log) {
        SessionId session = request.generation().session();
        if (durable != null && !keepers.start(() -> write(durable, session, log))) {
            LOG.warn("session={} has no timeline in its record: too many wait to be written", session);
        }
    }

    private static void write(Durable durable, SessionId session, TimelineLog log) {
        try {
            durable.sessions().awaitWritten(session, RECORDED_WITHIN);
            JsonLines.compressed(log.from(0))
                    .ifPresent(events -> durable.items().put(session, events));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn(
                    "session={} has no timeline in its record: {}",
                    session,
                    e.getClass().getSimpleName());
        }
    }
}
