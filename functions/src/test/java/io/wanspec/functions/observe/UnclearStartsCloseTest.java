package io.wanspec.functions.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.access.budget.CountedPlace;
import io.wanspec.functions.access.budget.UsageTable;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.store.SampleSessions;
import io.wanspec.functions.table.TableModel;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Unclear starts are closed while their thread is anywhere in its work, and the budgets behind them. The thread goes on as late as it
 * can: when all is closed, or when it is waited for.
 */
final class UnclearStartsCloseTest {
    private static final Instant NOW = Instant.parse("2126-11-02T06:00:00Z");
    private static final Clock STILL = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final long DAY = 100_000;

    @SeededTest(tries = 300)
    void whatItsThreadHasBegunComesBack(Random random) throws InterruptedException {
        new Schedule(random).run();
    }

    private static final class Schedule {
        private final TableModel table = new TableModel(STILL);
        private final Set<SessionId> unclear = ConcurrentHashMap.newKeySet();
        private final CountDownLatch begin = new CountDownLatch(1);
        private final CountDownLatch reached = new CountDownLatch(1);
        private final int requests;
        private int stepsToGo;
        private volatile @Nullable Thread looking;
        private volatile @Nullable Thread closing;

        Schedule(Random random) {
            requests = Gen.between(random, 1, 4);
            // Of each request: before it is withdrawn, behind that, and where it is settled.
            stepsToGo = 1 + random.nextInt(3 * requests);
        }

        void run() throws InterruptedException {
            Budgets budgets = new Budgets(new UsageTable(table), new WatchedClock());
            UnclearStarts starts = new UnclearStarts(this::withdraw, budgets, this::thread, Duration.ZERO);
            for (int i = 0; i < requests; i++) {
                accept(starts, budgets, SampleSessions.request("sess_" + i, SampleSessions.PROMPT));
            }
            begin.countDown();
            reached.await();
            Thread closer = Thread.ofPlatform().unstarted(() -> {
                starts.close();
                budgets.close();
            });
            closing = closer;
            closer.start();
            closer.join();
            looking().join();
            assertNothingIsTaken();
        }

        private void accept(UnclearStarts starts, Budgets budgets, SessionRequest plain) {
            SessionId id = plain.generation().session();
            assertThat(budgets.reserve(account(), id, BudgetKeeper.most(plain), new CountedPlace()))
                    .isEmpty();
            SessionRequest charged = plain.on(account().charged(budgets.chargedDay(id)));
            budgets.moved(id);
            unclear.add(id);
            starts.accept(charged);
        }

        /** As the store does: it remembers what is unclear until that was withdrawn. */
        private boolean withdraw(SessionId id) {
            step();
            boolean withdrawn = unclear.remove(id);
            step();
            return withdrawn;
        }

        private Thread thread(Runnable work) {
            Thread made = Thread.ofPlatform().daemon().unstarted(() -> {
                try {
                    begin.await();
                    work.run();
                } catch (InterruptedException e) {
                    throw new AssertionError("closed before it began", e);
                }
            });
            looking = made;
            return made;
        }

        private Thread looking() {
            return Objects.requireNonNull(looking);
        }

        /** Of the thread that looks. At one of them it is held. */
        private void step() {
            if (Thread.currentThread() != looking || --stepsToGo != 0) {
                return;
            }
            reached.countDown();
            while (!isAllClosedOrWaiting()) {
                LockSupport.parkNanos(50_000);
            }
        }

        private boolean isAllClosedOrWaiting() {
            Thread closer = closing;
            return closer != null
                    && switch (closer.getState()) {
                        case NEW, RUNNABLE -> false;
                        case BLOCKED, WAITING, TIMED_WAITING, TERMINATED -> true;
                    };
        }

        private void assertNothingIsTaken() {
            try (var others = new Budgets(new UsageTable(table), STILL)) {
                assertThat(others.reserve(account(), new SessionId("asks"), DAY, new CountedPlace()))
                        .as("all of the day is free")
                        .isEmpty();
            }
        }

        private static Account account() {
            return new Account(
                    Ownership.nobody(),
                    Optional.of("key"),
                    PromptRegions.any(),
                    Keys.limits(0, 0, DAY, 0),
                    OptionalLong.empty());
        }

        /** Looked at where something is settled. */
        private final class WatchedClock extends Clock {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                step();
                return NOW;
            }
        }
    }
}
