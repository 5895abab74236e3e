package io.wanspec.functions.timeline;

import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.controller.Action;
import io.wanspec.controller.Event;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import io.wanspec.controller.timeline.TimelineRecorder;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Records the timeline of one session, unless nobody could ever read it. */
final class TimelineObserver implements SessionObserver {
    private final Beginnings beginnings;
    private final RecentTimelines recent;
    private final Keeper keeper;
    private @Nullable TimelineLog log;
    private @Nullable TimelineRecorder recorder;

    /** Keeps a timeline when its session has ended. */
    interface Keeper {
        void keep(SessionRequest request, TimelineLog log);
    }

    TimelineObserver(Beginnings beginnings, RecentTimelines recent, Keeper keeper) {
        this.beginnings = beginnings;
        this.recent = recent;
        this.keeper = keeper;
    }

    @Override
    public void started(SessionRequest request) {
        if (!recent.keepsAny() && !request.speculation().timeline().isAsked()) {
            return;
        }
        TimelineEvent.Begin begin = beginnings.of(request, System.nanoTime());
        TimelineLog begun =
                recent.begin(request.generation().session(), request.account().owner());
        log = begun;
        recorder = new TimelineRecorder(begin, request.arrivedNanos(), begun::add);
    }

    @Override
    public void stepped(Event event, List<Action> actions) {
        if (recorder != null) {
            recorder.step(event, actions);
        }
    }

    @Override
    public void passed(long passMicros, @Nullable PassLoad load) {
        if (recorder != null) {
            recorder.passed(passMicros, load);
        }
    }

    @Override
    public void committed(int position, Progress more) {
        if (recorder != null) {
            recorder.committed(System.nanoTime(), position, more);
        }
    }

    @Override
    public void noted(SessionId session, NoteCode code, String detail) {
        if (recorder != null) {
            recorder.noted(System.nanoTime(), code, detail);
        }
    }

    @Override
    public void ending(SessionOutcome outcome) {
        if (recorder == null) {
            return;
        }
        switch (outcome) {
            case SessionOutcome.Finished(var reason, var ledger) ->
                recorder.ended(System.nanoTime(), word(reason), null, ledger);
            case SessionOutcome.Failed(var failure, var _, var ledger) ->
                recorder.ended(System.nanoTime(), null, word(failure), ledger);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
        if (log != null) {
            log.end();
            settle(request, outcome, log);
            recent.trim();
        }
    }

    private void settle(SessionRequest request, SessionOutcome outcome, TimelineLog ended) {
        if (outcome.isLeftToOthers(request)) {
            ended.leave();
        } else if (isGone(outcome)) {
            recent.forget(request.generation().session(), ended);
        } else if (request.speculation().timeline().isAsked()) {
            keeper.keep(request, ended);
        }
    }

    private static boolean isGone(SessionOutcome outcome) {
        return outcome instanceof SessionOutcome.Failed failed
                && failed.failure() == SessionOutcome.Failure.RECORD_GONE;
    }
}
