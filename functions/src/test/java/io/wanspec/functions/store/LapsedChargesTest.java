package io.wanspec.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.access.budget.CountedPlace;
import io.wanspec.functions.access.budget.UsageTable;
import io.wanspec.functions.observe.BudgetKeeper;
import io.wanspec.functions.observe.UnownedEnds;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.table.TableModel;
import io.wanspec.testing.SeededTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A session whose lease may run out, and that is cancelled, taken over, given back or given up meanwhile, by any function, its own
 * included: it is settled once, whoever ends it.
 */
final class LapsedChargesTest {
    private static final Instant MORNING = Instant.parse("2126-11-02T06:00:00Z");
    private static final int MADE = 20;

    @SeededTest(tries = 400)
    void areSettledOnce(Random seeded) {
        new Schedule(seeded).run();
    }

    private static final class Schedule {
        private final Random random;
        private final RaceClock.Now now = new RaceClock.Now(MORNING);
        private final Clock clock = new RaceClock(now, Duration.ZERO);
        private final TableModel table = new TableModel(clock);
        private final SessionTable sessions = new SessionTable(table, clock);
        private final SessionRequest plain = SampleSessions.request("sess_charged", SampleSessions.PROMPT);
        private final SessionId id = plain.generation().session();
        private final long most = BudgetKeeper.most(plain);
        private final Account account = new Account(
                Ownership.nobody(),
                Optional.of("key"),
                PromptRegions.any(),
                Keys.limits(0, 0, most, 0),
                OptionalLong.empty());

        Schedule(Random random) {
            this.random = random;
        }

        private final class Function implements AutoCloseable {
            final String name;
            final Budgets budgets = new Budgets(new UsageTable(table), clock);
            final UnownedEnds unowned = new UnownedEnds(Optional.of(budgets), () -> budgets);

            @Nullable
            SessionRequest request;

            @Nullable
            SessionHead prepared;

            @Nullable
            RecordWriter writer;

            @Nullable
            BudgetKeeper keeper;

            boolean cancelled;

            Function(String name) {
                this.name = name;
            }

            void begin() {
                assertThat(budgets.reserve(account, id, most, new CountedPlace()))
                        .isEmpty();
                SessionRequest charged = plain.on(account.charged(budgets.chargedDay(id)));
                SessionHead head = SessionHead.of(
                        charged,
                        Lease.first(name + "/first", clock.instant()),
                        clock.instant(),
                        clock.instant().plus(Duration.ofHours(20)));
                sessions.create(head, SampleSessions.INPUT);
                prepared = head;
                request = charged;
                if (random.nextBoolean()) {
                    start(charged, head);
                }
            }

            private void start(SessionRequest charged, SessionHead head) {
                request = charged;
                var means = new RecordWriter.Means(
                        sessions, new WriteBudget(10_000), new StoreCounters(), clock, Duration.ofMillis(20));
                writer = new RecordWriter(means, head, SampleSessions.INPUT, true, SampleSessions.NO_CONTROL);
                keeper = new BudgetKeeper(budgets, writer::endsHere);
                keeper.started(charged);
                int position = SampleSessions.PROMPT.size() + head.committedTokens();
                if (random.nextBoolean()) {
                    keeper.committed(position, SampleSessions.progress(0, MADE, null));
                    writer.committed(position, SampleSessions.progress(0, MADE, null));
                }
            }

            void claim() {
                if (request == null && sessions.claim(id, name + "/later") instanceof Claim.Taken(var record)) {
                    start(plain.on(record.head().account()), record.head());
                }
            }

            void cancel() {
                sessions.cancel(id, unowned);
                cancelled = true;
            }

            /** Its text ends, or it is told to. */
            void end() {
                if (request == null) {
                    return;
                }
                if (prepared != null && writer == null) {
                    // It was held up while it prepared.
                    start(request, prepared);
                }
                ended(request, Objects.requireNonNull(keeper), Objects.requireNonNull(writer));
                request = null;
            }

            private void ended(SessionRequest session, BudgetKeeper keeps, RecordWriter writes) {
                boolean moved = random.nextInt(4) == 0;
                var reason = cancelled ? FinishReason.CANCELLED : FinishReason.LENGTH;
                var outcome = moved
                        ? new SessionOutcome.Failed(SessionOutcome.Failure.MOVED, "elsewhere", ledger())
                        : new SessionOutcome.Finished(reason, ledger());
                keeps.ended(session, outcome, 0);
                SessionStatus status = cancelled ? SessionStatus.CANCELLED : SessionStatus.FINISHED;
                writes.ended(new Recording.End(moved ? SessionStatus.RUNNING : status, "", ""));
                writes.run();
            }

            @Override
            public void close() {
                unowned.close();
                budgets.close();
            }
        }

        void run() {
            List<Function> functions = new ArrayList<>(List.of(new Function("p"), new Function("q")));
            functions.getFirst().begin();
            for (int i = 0; i < 8; i++) {
                Function function = functions.get(random.nextInt(functions.size()));
                switch (random.nextInt(6)) {
                    case 0, 1 -> now.pass(Duration.ofSeconds(random.nextInt(14)));
                    case 2 -> function.claim();
                    case 3 -> function.cancel();
                    case 4 -> function.end();
                    default -> sweep(function, Duration.ZERO);
                }
            }
            functions.forEach(Function::end);
            sweep(functions.get(random.nextInt(functions.size())), Duration.ofMinutes(11));
            functions.forEach(Function::close);

            assertThat(sessions.head(id).orElseThrow().status()).isNotEqualTo(SessionStatus.RUNNING);
            int prompt = SampleSessions.PROMPT.size();
            assertThat(isFree(most - prompt - 8L * MADE))
                    .as("what it did not use")
                    .isTrue();
            assertThat(isFree(most - prompt + 1)).as("what it used").isFalse();
        }

        private void sweep(Function function, Duration later) {
            new SessionSweeper(table, Clock.offset(clock, later), SweepRule.GRACE, function.unowned).sweep(10);
        }

        private boolean isFree(long tokens) {
            try (var budgets = new Budgets(new UsageTable(table), clock)) {
                var asks = new SessionId("asks");
                boolean free = budgets.reserve(account, asks, tokens, new CountedPlace())
                        .isEmpty();
                budgets.released(asks);
                return free;
            }
        }

        private static Ledger ledger() {
            return new Ledger("", Tokens.none(), 0, 0, 0, 0, List.of(), List.of(), 0, 0, 0, 0);
        }
    }
}
