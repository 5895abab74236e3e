package io.wanspec.functions.access.budget;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callers may use, as this function knows it and the table decides. Blocks, and throws the table's exceptions: who cannot
 * ask grants nothing.
 */
public final class Budgets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Budgets.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    /** An answer that has not begun by then was left to another function. */
    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(10);

    private static final Duration PLACE_WAIT = Duration.ofMillis(50);
    private static final int PLACE_WAITS = 5;

    /** More keys at once have their idle ones forgotten first. */
    private static final int KEYS_MAX = 2_048;

    private final UsageLedger ledger;
    private final Clock clock;
    private final String function = UUID.randomUUID().toString();
    private final Map<String, KeyUse> keys = new ConcurrentHashMap<>();
    private final Map<SessionId, Pending> sessions = new ConcurrentHashMap<>();
    private final Thread ticker;

    private record Pending(KeyUse use, Reserved.Reservation reservation, long madeMs, boolean begun) {}

    public Budgets(UsageTable table, Clock clock) {
        this.ledger = table;
        this.clock = clock;
        this.ticker = Thread.ofVirtual().name("budgets").start(this::tickForEver);
    }

    /** Spends one request. */
    public Optional<LimitHit> request(Caller caller) {
        return use(caller.keyId()).request(caller.limits(), clock.millis());
    }

    /**
     * Reserves what an answer may use at most, and a place. Ends with {@link #ended}. An answer that
     * begins nowhere within ten seconds was left to another function, or never will be: its place is free then, its tokens stay
     * charged until their windows end.
     *
     * @param tokens of prompt and completion
     */
    public Optional<LimitHit> reserve(Account account, SessionId session, long tokens) {
        Optional<LimitHit> hit = tryReserve(account, session, tokens);
        for (int i = 0; i < PLACE_WAITS && isPlace(hit) && waited(); i++) {
            hit = tryReserve(account, session, tokens);
        }
        return hit;
    }

    private Optional<LimitHit> tryReserve(Account account, SessionId session, long tokens) {
        if (account.keyId().isEmpty()) {
            return Optional.empty();
        }
        long now = clock.millis();
        KeyUse use = use(account.keyId().get());
        return switch (use.reserve(account.limits(), tokens, now)) {
            case Reserved.Refused(var hit) -> Optional.of(hit);
            case Reserved.Reservation reservation -> {
                sessions.put(session, new Pending(use, reservation, now, false));
                yield Optional.empty();
            }
        };
    }

    private static boolean isPlace(Optional<LimitHit> hit) {
        return hit.isPresent() && hit.get().kind() == LimitHit.Kind.CONCURRENT;
    }

    /** A client that has just read the end of its answer may be faster with its next request than we with the end. */
    private static boolean waited() {
        try {
            TimeUnit.NANOSECONDS.sleep(PLACE_WAIT.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The answer is being made here. */
    public void begun(SessionId session) {
        sessions.computeIfPresent(session, (_, p) -> new Pending(p.use(), p.reservation(), p.madeMs(), true));
    }

    /**
     * An answer has ended, here: what it did not use comes back.
     *
     * @param reserved what it had reserved, wherever that was
     */
    public void ended(SessionId session, Account account, long reserved, long used) {
        Pending pending = sessions.remove(session);
        if (pending == null) {
            account.keyId().ifPresent(id -> use(id).endedForOthers(reserved, used, clock.millis()));
        } else {
            pending.use().ended(pending.reservation(), used, clock.millis());
        }
    }

    /** An answer does not begin, here or anywhere: all that it had reserved comes back. */
    public void released(SessionId session) {
        Pending pending = sessions.remove(session);
        if (pending != null) {
            pending.use().ended(pending.reservation(), 0, clock.millis());
        }
    }

    /** Another function goes on with the answer, and will end it: its place here is free, its tokens stay charged. */
    public void moved(SessionId session) {
        Pending pending = sessions.remove(session);
        if (pending != null) {
            pending.use().leftToOthers(clock.millis());
        }
    }

    public Optional<BudgetView> requests(Caller caller) {
        return use(caller.keyId()).view(Budget.REQUESTS_PER_MINUTE, caller.limits(), clock.millis());
    }

    public Optional<BudgetView> tokens(Caller caller) {
        return use(caller.keyId()).view(Budget.TOKENS_PER_MINUTE, caller.limits(), clock.millis());
    }

    private KeyUse use(String keyId) {
        if (keys.size() >= KEYS_MAX) {
            forgetIdle();
        }
        long now = clock.millis();
        // Touched where it is found, so that none is forgotten between here and its use.
        return keys.compute(keyId, (id, known) -> {
            KeyUse use = known == null ? new KeyUse(id, function, ledger, now) : known;
            use.touch(now);
            return use;
        });
    }

    private void forgetIdle() {
        long now = clock.millis();
        keys.keySet().forEach(id -> keys.computeIfPresent(id, (_, use) -> use.isIdle(now) ? null : use));
    }

    private void tickForEver() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
                tick();
            }
        } catch (InterruptedException closing) {
            // The end of this thread is all that was wanted.
        }
    }

    void tick() {
        long now = clock.millis();
        sessions.forEach((session, pending) -> {
            if (!pending.begun()
                    && now - pending.madeMs() > BEGINS_WITHIN.toMillis()
                    && sessions.remove(session, pending)) {
                pending.use().leftToOthers(now);
            }
        });
        each(use -> use.tick(now));
        forgetIdle();
    }

    @Override
    public void close() {
        ticker.interrupt();
        long now = clock.millis();
        each(use -> use.close(now));
    }

    private void each(Consumer<KeyUse> what) {
        keys.values().forEach(use -> {
            try {
                what.accept(use);
            } catch (RuntimeException e) {
                // The next tick tries again; until then others lack what lies here.
                LOG.warn(
                        "The use of a key could not be written: {}",
                        e.getClass().getSimpleName());
            }
        });
    }
}
