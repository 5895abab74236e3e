package io.wanspec.functions.access.budget;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    /** An answer that has not begun by then was left to another function: what is written before takes several calls of the table. */
    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(30);

    /** An end that is not known to be written by then will not be. */
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(1);

    /** More keys at once have their idle ones forgotten first. */
    private static final int KEYS_MAX = 2_048;

    private final UsageLedger ledger;
    private final Clock clock;
    private final String function = UUID.randomUUID().toString();
    private final Map<String, KeyUse> keys = new ConcurrentHashMap<>();
    private final Map<SessionId, Pending> sessions = new ConcurrentHashMap<>();
    private final Thread ticker;

    /**
     * @param sinceMs when it came to this phase
     * @param usedUnowned what its record said when it was ended while nobody had it: then no function settles it but this one
     */
    private record Pending(
            KeyUse use, Reserved.Reservation reservation, Phase phase, long sinceMs, OptionalLong usedUnowned) {
        static Pending of(KeyUse use, Reserved.Reservation reservation, long nowMs) {
            return new Pending(use, reservation, Phase.RESERVED, nowMs, OptionalLong.empty());
        }

        Pending to(Phase next, long nowMs) {
            return new Pending(use, reservation, next, nowMs, usedUnowned);
        }

        Pending endedUnowned(long used) {
            return new Pending(use, reservation, phase, sinceMs, OptionalLong.of(used));
        }
    }

    /** How far an answer has come that has reserved something. */
    private enum Phase {
        RESERVED,
        BEGUN,
        /** Its place is free; whether it is this function's to settle will be known. */
        ENDED
    }

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
     * begins nowhere within half a minute was left to another function, or never will be: its place is free then, its tokens stay
     * charged until their windows end.
     *
     * @param tokens of prompt and completion
     * @param place that the request holds: given back as soon as it waits, and taken again when it goes on
     */
    public Optional<LimitHit> reserve(Account account, SessionId session, long tokens, HeldPlace place) {
        if (account.keyId().isEmpty()) {
            return Optional.empty();
        }
        KeyUse use = use(account.keyId().get());
        try (var patience = new Patience(use.book())) {
            while (true) {
                patience.look();
                Optional<LimitHit> hit = tryReserve(use, account, session, tokens);
                if (hit.isEmpty() || !patience.isFor(hit.get())) {
                    return hit;
                }
                place.giveBack();
                if (!patience.await(hit.get())) {
                    return hit;
                }
                place.takeAgain();
            }
        }
    }

    /** The day out of whose budget an answer was reserved here; absent where its key has no budget of the day. */
    public OptionalLong chargedDay(SessionId session) {
        Pending pending = sessions.get(session);
        Long day = pending == null ? null : pending.reservation().windows().get(Budget.TOKENS_PER_DAY);
        return day == null ? OptionalLong.empty() : OptionalLong.of(day);
    }

    private Optional<LimitHit> tryReserve(KeyUse use, Account account, SessionId session, long tokens) {
        long now = clock.millis();
        return switch (use.reserve(account.limits(), tokens, now)) {
            case Reserved.Refused(var hit) -> Optional.of(hit);
            case Reserved.Reservation reservation -> {
                sessions.put(session, Pending.of(use, reservation, now));
                yield Optional.empty();
            }
        };
    }

    /** The answer is being made here. */
    public void begun(SessionId session) {
        sessions.computeIfPresent(session, (_, p) -> p.to(Phase.BEGUN, clock.millis()));
    }

    /** An answer has ended, here: its place is free. {@link #settled} or {@link #moved} follows. */
    public void ended(SessionId session) {
        sessions.computeIfPresent(session, (_, pending) -> {
            pending.use().book().freed(clock.millis());
            return pending.to(Phase.ENDED, clock.millis());
        });
    }

    /**
     * An answer that {@link #ended} here ends nowhere else: what it did not use comes back.
     *
     * @param account with the day that it was charged to, if another function had reserved for it
     * @param reserved what it had reserved, wherever that was
     */
    public void settled(SessionId session, Account account, long reserved, long used) {
        long now = clock.millis();
        Pending pending = sessions.remove(session);
        if (pending != null) {
            pending.use().book().settled(pending.reservation(), used, now);
        } else if (account.keyId().isPresent()) {
            KeyUse use = use(account.keyId().get());
            account.chargedDay()
                    .ifPresentOrElse(
                            day -> use.book().endedForOthers(day, reserved, used, now),
                            () -> use.book().used(used, now));
        }
    }

    /**
     * An answer was ended while no function had it: what it did not use comes back. At once, unless it is this function that had it, or
     * prepares it: then as soon as it has noticed, for no other one settles it.
     *
     * @param account with the day that it was charged to
     */
    public void endedUnowned(SessionId session, Account account, long reserved, long used) {
        if (sessions.computeIfPresent(session, (_, pending) -> pending.endedUnowned(used)) == null) {
            settled(session, account, reserved, used);
        }
    }

    /** An answer does not begin, here or anywhere: all that it had reserved comes back. */
    public void released(SessionId session) {
        Pending pending = sessions.remove(session);
        if (pending != null) {
            pending.use().book().ended(pending.reservation(), 0, clock.millis());
        }
    }

    /** Another function goes on with the answer, or may, and will end it: its place here is free, its tokens stay charged. */
    public void moved(SessionId session) {
        Pending pending = sessions.remove(session);
        if (pending != null) {
            leave(pending);
        }
    }

    private void leave(Pending pending) {
        KeyBook book = pending.use().book();
        if (pending.usedUnowned().isPresent()) {
            settleUnowned(book, pending, pending.usedUnowned().getAsLong());
            return;
        }
        switch (pending.phase()) {
            case RESERVED, BEGUN -> book.leftToOthers(clock.millis());
            case ENDED -> book.notSettled();
        }
    }

    private void settleUnowned(KeyBook book, Pending pending, long used) {
        switch (pending.phase()) {
            case RESERVED, BEGUN -> book.ended(pending.reservation(), used, clock.millis());
            case ENDED -> book.settled(pending.reservation(), used, clock.millis());
        }
    }

    public Optional<BudgetView> requests(Caller caller) {
        return view(Budget.REQUESTS_PER_MINUTE, caller);
    }

    public Optional<BudgetView> tokens(Caller caller) {
        return view(Budget.TOKENS_PER_MINUTE, caller);
    }

    /** To look is not to use: what lies idle goes back all the same. */
    private Optional<BudgetView> view(Budget budget, Caller caller) {
        long now = clock.millis();
        KeyUse known = keys.get(caller.keyId());
        KeyUse use = known == null ? new KeyUse(caller.keyId(), function, ledger, now) : known;
        return use.book().view(budget, caller.limits(), now);
    }

    private KeyUse use(String keyId) {
        if (keys.size() >= KEYS_MAX) {
            forgetIdle();
        }
        long now = clock.millis();
        // Touched where it is found, so that none is forgotten between here and its use.
        return keys.compute(keyId, (id, known) -> {
            KeyUse use = known == null ? new KeyUse(id, function, ledger, now) : known;
            use.book().touch(now);
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
            if (isTooOld(pending, now) && sessions.remove(session, pending)) {
                leave(pending);
            }
        });
        // Each by itself: a table that is slow for one holds no other one's places.
        keys.values().stream()
                .filter(use -> use.isDue(now))
                .forEach(use -> Thread.ofVirtual().name("budget").start(() -> guarded(use, u -> u.tick(now))));
        forgetIdle();
    }

    private static boolean isTooOld(Pending pending, long now) {
        long age = now - pending.sinceMs();
        return switch (pending.phase()) {
            case RESERVED -> age > BEGINS_WITHIN.toMillis();
            case BEGUN -> false;
            case ENDED -> age > SETTLED_WITHIN.toMillis();
        };
    }

    /**
     * Gives back what lies here, and reports what was used, without waiting for it to be due: a function that may stand still from
     * now on has no later moment. What the table has not taken by then is tried again by the ticks, once they run.
     */
    public void flush(Duration most) {
        List<CompletableFuture<Void>> told = keys.values().stream()
                .map(use -> CompletableFuture.runAsync(
                        () -> guarded(use, u -> u.close(clock.millis())),
                        step -> Thread.ofVirtual().name("budget").start(step)))
                .toList();
        try {
            var _ = CompletableFuture.allOf(told.toArray(CompletableFuture<?>[]::new))
                    .get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Not all of what keys used is written before this function may stand still");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ticker.interrupt();
        long now = clock.millis();
        keys.values().forEach(use -> guarded(use, u -> u.close(now)));
    }

    private static void guarded(KeyUse use, Consumer<KeyUse> what) {
        try {
            what.accept(use);
        } catch (RuntimeException e) {
            // The next tick tries again; until then others lack what lies here.
            LOG.warn("The use of a key could not be written: {}", e.getClass().getSimpleName());
        }
    }
}
