package io.wanspec.controller.timeline;

import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.controller.Action;
import io.wanspec.controller.Event;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes a session's timeline. It is told each event with the actions that the controller returned for it, and works on neither: like
 * the controller it is pure, so that the same events always make the same log, whoever runs the session. At most {@value #EVENTS_MAX}
 * events are written; the others are counted.
 */
public final class TimelineRecorder {
    /** Of a log. */
    public static final int EVENTS_MAX = EventLog.EVENTS_MAX;

    private static final int SENTENCE_MAX = 200;
    private static final double MICROS_PER_MS = 1e3;

    private final EventLog log;
    private final DraftedPlaces places = new DraftedPlaces();
    private final RoundEvents rounds;
    private final FrameEvents frames;
    private final Set<WorkerId> open = new HashSet<>();
    private double plainAskedAt;
    private @Nullable Double plainPassMs;
    private @Nullable PassLoad plainLoad;
    private boolean stepped;
    private boolean ended;

    /**
     * @param begin the first event
     * @param arrivedNanos when the request came, by the clock of the events
     * @param to takes the events, and says whether it had room for one
     */
    public TimelineRecorder(TimelineEvent.Begin begin, long arrivedNanos, Predicate<TimelineEvent> to) {
        log = new EventLog(arrivedNanos, to);
        rounds = new RoundEvents(log, places, begin.text());
        frames = new FrameEvents(begin);
        log.add(begin);
    }

    /** The controller was given {@code event} and has returned {@code actions}. */
    public void step(Event event, List<Action> actions) {
        stepped = true;
        takeIn(event, actions);
        for (Action action : actions) {
            takeIn(event.atNanos(), action);
        }
    }

    private void takeIn(Event event, List<Action> actions) {
        long now = event.atNanos();
        switch (event) {
            case Event.TargetReady ready -> {
                rounds.onReady(now);
                link(
                        now,
                        TimelineEvent.Link.TARGET,
                        "ready",
                        null,
                        null,
                        ready.frame().cachedTokens());
            }
            case Event.TargetVerified verified -> {
                for (Action action : actions) {
                    if (action instanceof Action.Checkpoint checkpoint) {
                        rounds.onAnswer(now, verified.frame(), checkpoint.more());
                    }
                }
            }
            case Event.TargetLost lost -> {
                rounds.onLost();
                link(now, TimelineEvent.Link.TARGET, "lost", lost.reason(), null, null);
            }
            case Event.WorkerReady ready -> {
                frame(now, ready.worker(), ready.frame());
                link(now, ready.worker().value(), "ready", null, null, null);
            }
            case Event.WorkerDrafted drafted -> {
                frame(now, drafted.worker(), drafted.frame());
                if (open.contains(drafted.worker())) {
                    places.take(drafted.worker(), frames.place(drafted.worker()), drafted.frame(), log.at(now));
                }
            }
            case Event.WorkerLost lost -> {
                open.remove(lost.worker());
                link(now, lost.worker().value(), "lost", lost.reason(), null, null);
            }
            case Event.Started _, Event.TargetForgotPrefix _, Event.Woken _, Event.ClientGone _ -> {}
        }
    }

    private void takeIn(long now, Action action) {
        switch (action) {
            case Action.OpenTarget target -> {
                rounds.onOpening();
                link(
                        now,
                        TimelineEvent.Link.TARGET,
                        "opening",
                        null,
                        target.frame().prefix().size(),
                        null);
            }
            case Action.CloseTarget _ -> {
                rounds.onLost();
                link(now, TimelineEvent.Link.TARGET, "closed", null, null, null);
            }
            case Action.Verify verify -> rounds.onAsked(now, verify.frame());
            case Action.OpenWorker worker -> {
                open.add(worker.worker());
                link(
                        now,
                        worker.worker().value(),
                        "opening",
                        null,
                        worker.frame().prefix().size(),
                        null);
                frame(now, worker.worker(), worker.frame());
            }
            case Action.Advance advance -> frame(now, advance.worker(), advance.frame());
            case Action.Expand expand -> frame(now, expand.worker(), expand.frame());
            case Action.CloseWorker worker -> {
                open.remove(worker.worker());
                link(now, worker.worker().value(), "closed", null, null, null);
            }
            case Action.Note note -> note(now, note.code(), note.detail());
            case Action.Emit _, Action.Checkpoint _, Action.WakeAt _, Action.Finish _, Action.Fail _ -> {}
        }
    }

    /** Of plain decoding at the endpoint: something to be noted. What a controller notes it has learned by {@link #step} already. */
    public void noted(long nanos, NoteCode code, String detail) {
        if (!stepped) {
            note(nanos, code, detail);
        }
    }

    private void note(long nanos, NoteCode code, String detail) {
        log.add(new TimelineEvent.Note(log.at(nanos), code.name().toLowerCase(Locale.ROOT), sentence(detail)));
    }

    /** Of plain decoding at the endpoint: a pass that the next {@link #committed} tokens come from. */
    public void passed(long passMicros, @Nullable PassLoad load) {
        plainPassMs = passMicros / MICROS_PER_MS;
        plainLoad = load;
    }

    /**
     * Of plain decoding at the endpoint: these were committed. What a controller commits it has learned by {@link #step} already.
     *
     * @param position absolute, of the first of them
     */
    public void committed(long nanos, int position, Progress more) {
        if (stepped || more.isNone()) {
            return;
        }
        rounds.onPlain(nanos, plainAskedAt, plainPassMs, plainLoad, position, more);
        plainAskedAt = log.at(nanos);
        plainPassMs = null;
        plainLoad = null;
    }

    /**
     * The end. Of several the first counts.
     *
     * @param finishReason as OpenAI has it; null where the session failed
     * @param failure why it failed
     */
    public void ended(long nanos, @Nullable String finishReason, @Nullable String failure, Ledger ledger) {
        if (!ended) {
            ended = true;
            log.add(TimelineEvent.End.of(
                    log.at(nanos), finishReason, failure, rounds.sources(), ledger, log.dropped()));
        }
    }

    private void frame(long now, WorkerId worker, DraftFrame frame) {
        log.add(frames.of(log.at(now), worker, frame));
    }

    private void link(
            long now,
            String link,
            String state,
            @Nullable String reason,
            @Nullable Integer tokens,
            @Nullable Integer cachedTokens) {
        log.add(new TimelineEvent.Link(
                log.at(now), link, state, reason == null ? null : sentence(reason), tokens, cachedTokens));
    }

    private static String sentence(String text) {
        return text.length() <= SENTENCE_MAX ? text : text.substring(0, SENTENCE_MAX);
    }
}
