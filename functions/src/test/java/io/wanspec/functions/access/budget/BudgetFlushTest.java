package io.wanspec.functions.access.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.TableClient;
import io.wanspec.functions.table.TableModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a function leaves behind that stands still once it has answered. No time passes here: nothing is due. */
final class BudgetFlushTest {
    private static final Clock STILL = Clock.fixed(Instant.parse("2126-11-02T12:00:00Z"), ZoneOffset.UTC);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final KeyLimits LIMITS = Keys.limits(0, 0, 10_000, 4);
    private static final Account ACCOUNT =
            new Account(Ownership.nobody(), Optional.of("key"), PromptRegions.any(), LIMITS, OptionalLong.empty());

    private final TableModel model = new TableModel(STILL);
    private final FlakyTable way = new FlakyTable(model, new Random(1), () -> {});
    private final UsageTable table = new UsageTable(way);

    @Test
    void whatIsNotUsedGoesBackAndWhatIsUsedIsReported() {
        try (var budgets = new Budgets(table, STILL)) {
            answer(budgets, "one");
            budgets.flush(LONG);
            assertThat(taken()).isEqualTo(100);
            assertThat(table.days("key"))
                    .singleElement()
                    .satisfies(day -> assertThat(day.tokens()).isEqualTo(100));
            assertThat(state().slots()).isEmpty();
        }
    }

    @Test
    void whatAnAnswerUnderWayHasReservedStays() {
        try (var budgets = new Budgets(table, STILL)) {
            assertThat(budgets.reserve(ACCOUNT, new SessionId("sess_open"), 900, new CountedPlace()))
                    .isEmpty();
            budgets.begun(new SessionId("sess_open"));
            answer(budgets, "one");
            budgets.flush(LONG);
            assertThat(taken()).isEqualTo(1_000);
            assertThat(state().slots().values()).extracting(SlotLease::slots).containsExactly(1L);
        }
    }

    @Test
    void whatTheTableDoesNotTakeIsTriedAgain() {
        try (var budgets = new Budgets(table, STILL)) {
            answer(budgets, "one");
            way.loss = 1;
            budgets.flush(LONG);
            way.loss = 0;
            budgets.flush(LONG);
            budgets.flush(LONG);
            assertThat(taken()).isEqualTo(100);
        }
    }

    /** What its request is kept in, its key and its record, or what stands for it: each write as slow as a call may be. */
    @Test
    void whatBeginsAfterThreeSlowCallsIsSettledHere() {
        var clock = new Moving();
        try (var budgets = new Budgets(table, clock)) {
            var session = new SessionId("sess_slow");
            assertThat(budgets.reserve(ACCOUNT, session, 1_000, new CountedPlace()))
                    .isEmpty();
            clock.now = clock.now.plus(TableClient.CALL_TIMEOUT.multipliedBy(3)).plusSeconds(1);
            budgets.tick();
            budgets.begun(session);
            budgets.ended(session);
            budgets.settled(session, ACCOUNT, 1_000, 100);
            budgets.flush(LONG);
            assertThat(taken()).isEqualTo(100);
        }
    }

    private static final class Moving extends Clock {
        volatile Instant now = STILL.instant();

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static void answer(Budgets budgets, String name) {
        var session = new SessionId("sess_" + name);
        assertThat(budgets.reserve(ACCOUNT, session, 1_000, new CountedPlace())).isEmpty();
        budgets.begun(session);
        budgets.ended(session);
        budgets.settled(session, ACCOUNT, 1_000, 100);
    }

    private long taken() {
        return state().counter(Budget.TOKENS_PER_DAY, STILL.millis()).taken();
    }

    private UsageState state() {
        return UsageItem.read(model.get(ItemKey.head("usage#key")).orElseThrow());
    }
}
