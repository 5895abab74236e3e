package io.wanspec.functions.observe;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.session.SessionRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that did not start because the table did not say whether it took their record. Once the table answers, the record is ended,
 * wherever it is by then, and what the request had reserved comes back. What is others' to go on with they settle.
 */
public final class UnclearStarts implements Consumer<SessionRequest>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnclearStarts.class);

    /** Of more at once the oldest stay charged until their windows end. */
    private static final int STARTS_MAX = 1_024;

    private static final Duration PAUSE_FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(30);

    /** Of a thread that was interrupted: longer than the table's slowest call, which ends with it. */
    private static final Duration END_WITHIN = Duration.ofSeconds(30);

    private final Predicate<SessionId> withdraw;
    private final Budgets budgets;
    private final ThreadFactory threads;
    private final Duration pauseFirst;
    private final LinkedHashMap<SessionId, Start> starts = new LinkedHashMap<>();
    private @Nullable Thread settling;
    private boolean closed;

    /** Without its prompt, which may be long. */
    private record Start(SessionId session, Account account, long reserved) {}

    /**
     * @param withdraw ends a session's record for good, also one that arrives later, and says whether that is so; throws the SDK's
     *     exceptions
     */
    public UnclearStarts(Predicate<SessionId> withdraw, Budgets budgets) {
        this(withdraw, budgets, Thread.ofVirtual().name("unclear-starts").factory(), PAUSE_FIRST);
    }

    /**
     * @param threads makes the one that looks again and again while there is something to look for
     * @param pauseFirst before it looks for the first time
     */
    public UnclearStarts(Predicate<SessionId> withdraw, Budgets budgets, ThreadFactory threads, Duration pauseFirst) {
        this.withdraw = withdraw;
        this.budgets = budgets;
        this.threads = threads;
        this.pauseFirst = pauseFirst;
    }

    /** @param request that the budgets know of no more */
    @Override
    public synchronized void accept(SessionRequest request) {
        if (request.account().keyId().isEmpty()) {
            return;
        }
        SessionId session = request.generation().session();
        starts.put(session, new Start(session, request.account(), BudgetKeeper.most(request)));
        if (starts.size() > STARTS_MAX) {
            starts.remove(starts.firstEntry().getKey());
        }
        if (settling == null && !closed) {
            settling = threads.newThread(this::settleAll);
            settling.start();
        }
    }

    private void settleAll() {
        Duration pause = pauseFirst;
        try {
            do {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                Duration longer = pause.multipliedBy(2);
                pause = settle() ? pauseFirst : longer.compareTo(PAUSE_MAX) < 0 ? longer : PAUSE_MAX;
            } while (!isDone());
        } catch (InterruptedException closing) {
            // Whoever closes this settles what is left.
        }
    }

    private synchronized boolean isDone() {
        if (starts.isEmpty()) {
            settling = null;
        }
        return starts.isEmpty();
    }

    /**
     * Looks what became of each. Blocks.
     *
     * @return false if the table is away
     */
    public boolean settle() {
        boolean isWhole = true;
        for (Start start : waiting()) {
            try {
                settle(start);
            } catch (RuntimeException e) {
                LOG.debug("The table does not say yet what became of a request", e);
                isWhole = false;
            }
        }
        return isWhole;
    }

    private void settle(Start start) {
        boolean withdrawn = withdraw.test(start.session());
        if (forget(start) && withdrawn) {
            budgets.settled(start.session(), start.account(), start.reserved(), 0);
        }
    }

    private synchronized boolean forget(Start start) {
        return starts.remove(start.session(), start);
    }

    private synchronized List<Start> waiting() {
        return new ArrayList<>(starts.values());
    }

    /** Looks once more. Nothing comes back behind it: the budgets may be closed then. */
    @Override
    public void close() {
        Thread looking = stop();
        if (looking != null) {
            // What it has withdrawn and not settled yet is nowhere else; it waits for nothing that an interrupt does
            // not end.
            awaitEnd(looking);
        }
        settle();
    }

    private synchronized @Nullable Thread stop() {
        closed = true;
        if (settling != null) {
            settling.interrupt();
        }
        return settling;
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(END_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
