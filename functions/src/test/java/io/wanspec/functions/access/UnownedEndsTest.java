package io.wanspec.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.access.budget.CountedPlace;
import io.wanspec.functions.access.budget.LimitHit;
import io.wanspec.functions.access.budget.UsageTable;
import io.wanspec.functions.observe.BudgetKeeper;
import io.wanspec.functions.observe.UnownedEnds;
import io.wanspec.functions.resume.Resumable;
import io.wanspec.functions.resume.Resumption;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.store.SampleSessions;
import io.wanspec.functions.store.SessionStatus;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.store.SessionSweeper;
import io.wanspec.functions.store.SweepRule;
import io.wanspec.functions.table.Table;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that wait, and are ended before any function has had them: they cost their prompt. */
final class UnownedEndsTest {
    private static KeyedStage keyed;

    private final SessionRequest request = SampleSessions.request("sess_" + UUID.randomUUID(), SampleSessions.PROMPT);
    private final SessionId id = request.generation().session();
    private final long most = BudgetKeeper.most(request);
    private final KeyLimits limits = Keys.limits(0, 0, most, 0);
    private KeySecret key;

    @BeforeAll
    static void start() throws Exception {
        keyed = new KeyedStage();
    }

    @AfterAll
    static void stop() {
        keyed.close();
    }

    @BeforeEach
    void makeKey() throws InterruptedException {
        WindowRoom.ofDay();
        key = keyed.key("day", Scope.usual(), limits, PromptRegions.any());
    }

    @Test
    void becauseNobodyMayGoOn() {
        charge(account(PromptRegions.parse("eu-west-1")));
        assertThat(part(Resumption.class).resume(id))
                .as("its prompt may not be seen where the target is")
                .isInstanceOfSatisfying(
                        Resumable.Ended.class,
                        ended -> assertThat(ended.record().status()).isEqualTo(SessionStatus.FAILED));
        assertThat(reserve(most - request.generation().prompt().size())).isEmpty();
    }

    @Test
    void becauseNobodyWentOn() {
        charge(account(PromptRegions.any()));
        sweep(part(UnownedEnds.class));
        assertThat(reserve(most - request.generation().prompt().size())).isEmpty();
    }

    @Test
    void byAFunctionThatKnowsNoKeys() {
        charge(account(PromptRegions.any()));
        var table = new UsageTable(part(Table.class));
        try (var unowned = new UnownedEnds(Optional.empty(), () -> new Budgets(table, Clock.systemUTC()))) {
            sweep(unowned);
            unowned.flush(Duration.ofSeconds(30));
            assertThat(reserve(most - request.generation().prompt().size())).isEmpty();
        }
    }

    private Account account(PromptRegions regions) {
        return new Account(Ownership.nobody(), Optional.of(key.id()), regions, limits, OptionalLong.empty());
    }

    /** As a server does that puts it on the queue. */
    private void charge(Account account) {
        var budgets = part(Budgets.class);
        assertThat(budgets.reserve(account, id, most, new CountedPlace())).isEmpty();
        part(SessionStore.class).queue(request.on(account.charged(budgets.chargedDay(id))));
        budgets.moved(id);
        assertThat(reserve(1)).as("all of the day is reserved").isPresent();
    }

    private static void sweep(UnownedEnds unowned) {
        Clock later = Clock.offset(Clock.systemUTC(), SweepRule.QUEUED_MAX.plusMinutes(1));
        assertThat(new SessionSweeper(part(Table.class), later, SweepRule.GRACE, unowned)
                        .sweep(10)
                        .givenUp())
                .isPositive();
    }

    private Optional<LimitHit> reserve(long tokens) {
        return part(Budgets.class)
                .reserve(
                        account(PromptRegions.any()),
                        new SessionId("sess_" + UUID.randomUUID()),
                        tokens,
                        new CountedPlace());
    }

    private static <T> T part(Class<T> type) {
        return keyed.stage.server.getApplicationContext().getBean(type);
    }
}
