package io.wanspec.functions.session;

import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.SessionId;
import io.wanspec.controller.Action;
import io.wanspec.controller.Event;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The observers of one session as one that never fails. Who watches must not harm what it watches: an observer that throws is
 * logged once and dropped. Of what follows it hears only the end, so that it can let go of what it holds.
 */
final class Observers implements SessionObserver {
    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private final SessionId session;
    private final List<Guarded> all;

    private static final class Guarded {
        private final SessionObserver observer;
        private boolean dropped;

        Guarded(SessionObserver observer) {
            this.observer = observer;
        }
    }

    Observers(SessionId session, List<SessionObserver> all) {
        this.session = session;
        this.all = all.stream().map(Guarded::new).toList();
    }

    @Override
    public void attached(SessionControl control) {
        inform(observer -> observer.attached(control));
    }

    @Override
    public void awaitDurable() throws InterruptedException {
        for (Guarded each : all) {
            if (!each.dropped) {
                each.observer.awaitDurable();
            }
        }
    }

    @Override
    public void started(SessionRequest request) {
        inform(observer -> observer.started(request));
    }

    @Override
    public void committed(int position, Progress more) {
        inform(observer -> observer.committed(position, more));
    }

    @Override
    public void noted(SessionId of, NoteCode code, String detail) {
        inform(observer -> observer.noted(of, code, detail));
    }

    @Override
    public void stepped(Event event, List<Action> actions) {
        inform(observer -> observer.stepped(event, actions));
    }

    @Override
    public void passed(long passMicros, @Nullable PassLoad load) {
        inform(observer -> observer.passed(passMicros, load));
    }

    @Override
    public void ending(SessionOutcome outcome) {
        inform(observer -> observer.ending(outcome));
    }

    @Override
    public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
        all.forEach(each -> call(each, observer -> observer.ended(request, outcome, draftsDropped)));
    }

    private void inform(Consumer<SessionObserver> news) {
        all.stream().filter(each -> !each.dropped).forEach(each -> call(each, news));
    }

    private void call(Guarded each, Consumer<SessionObserver> news) {
        try {
            news.accept(each.observer);
        } catch (RuntimeException | Error thrown) {
            if (!each.dropped) {
                LOG.error("Session {} goes on without its observer {}", session, each.observer.getClass(), thrown);
            }
            each.dropped = true;
        }
    }
}
