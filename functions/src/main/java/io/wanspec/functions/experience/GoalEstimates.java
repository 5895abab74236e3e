package io.wanspec.functions.experience;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.RequestKind;
import io.wanspec.controller.estimate.LoadSeen;
import io.wanspec.functions.session.AgedLoad;
import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Of one goal: what is known here, and what of that the table does not know yet. */
final class GoalEstimates {
    private static final Logger LOG = LoggerFactory.getLogger(GoalEstimates.class);

    /** So many requests are added in one write, or all of so long a time: a busy function writes every few seconds at most. */
    private static final int WRITTEN_AFTER_REQUESTS = 8;

    private static final Duration WRITTEN_AFTER = Duration.ofSeconds(30);

    private static final EstimatesItem NOTHING = new EstimatesItem(0, LearnedByKind.none(), AgedLoad.none());

    private final Goal goal;
    private final Table table;
    private final Clock clock;
    private final Executor background;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Object lock = new Object();

    /** As the table had it when it was last read or written. */
    private EstimatesItem shared = NOTHING;

    /** Without the load, which has its own age. */
    private LearnedByKind known = LearnedByKind.none();

    private AgedLoad load = AgedLoad.none();
    private int unwritten;
    private Instant readAt = Instant.MIN;
    private Instant writtenAt;

    GoalEstimates(Goal goal, Table table, Clock clock, Executor background) {
        this.goal = goal;
        this.table = table;
        this.clock = clock;
        this.background = background;
        this.writtenAt = clock.instant();
    }

    LearnedByKind current() {
        synchronized (lock) {
            if (isOver(readAt, SharedEstimates.READ_EVERY)) {
                refresh();
            }
            return known.with(load.believedAt(clock.instant()));
        }
    }

    void add(RequestKind kind, LearnedEstimates begun, LearnedEstimates learned) {
        synchronized (lock) {
            LearnedEstimates from = begun.with(LoadSeen.nothing());
            LearnedEstimates to = learned.with(LoadSeen.nothing());
            LearnedEstimates own = known.ownOf(kind);
            known = known.with(kind, own.equals(from) ? MergeRule.bounded(to) : MergeRule.merge(from, to, own));
            load = load.after(begun, learned, clock.instant());
            unwritten++;
            if (unwritten >= WRITTEN_AFTER_REQUESTS || isOver(writtenAt, WRITTEN_AFTER)) {
                background(this::write);
            }
        }
    }

    void refresh() {
        background(this::read);
    }

    /** Also where the wall clock was set back: then what is known is looked at once more than needed. */
    private boolean isOver(Instant since, Duration time) {
        Instant now = clock.instant();
        return since.equals(Instant.MIN) || now.isBefore(since) || !now.isBefore(since.plus(time));
    }

    /** One call to the table at a time; a wish that comes meanwhile comes again with the next request. */
    private void background(Runnable work) {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            background.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.warn("Estimates for {} stay this function's own for now: {}", goal.word(), e.getMessage());
                } finally {
                    busy.set(false);
                }
            });
        } catch (RejectedExecutionException closed) {
            busy.set(false);
        }
    }

    private void read() {
        synchronized (lock) {
            readAt = clock.instant();
        }
        take(table.get(EstimatesItem.key(goal)).map(EstimatesItem::read).orElse(NOTHING));
    }

    /** Takes over what others have added; where the item has expired everything begins anew with what is known here. */
    private void take(EstimatesItem newer) {
        synchronized (lock) {
            if (newer.version() == shared.version()) {
                return;
            }
            if (newer.version() > 0) {
                load = load.orNewer(newer.load());
                known = MergeRule.merge(shared.learned(), known, newer.learned());
            }
            shared = newer;
        }
    }

    /** Once, and once more if others were faster; what is not written then goes into the next. */
    private void write() {
        if (!tryWrite()) {
            read();
            tryWrite();
        }
    }

    private boolean tryWrite() {
        EstimatesItem next;
        Condition condition;
        int adding;
        synchronized (lock) {
            next = new EstimatesItem(shared.version() + 1, known, load);
            condition = shared.version() == 0
                    ? Condition.absentOrExpired(clock.instant())
                    : Condition.equal(EstimatesItem.VERSION, shared.version());
            adding = unwritten;
        }
        if (table.put(next.write(goal, clock.instant()), condition) instanceof Write.Refused) {
            return false;
        }
        synchronized (lock) {
            shared = next;
            unwritten -= adding;
            writtenAt = clock.instant();
        }
        return true;
    }
}
