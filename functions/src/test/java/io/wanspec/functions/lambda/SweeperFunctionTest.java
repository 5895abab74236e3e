package io.wanspec.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.SessionId;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.EmulatedTables;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.access.budget.UsageTable;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.store.SampleSessions;
import io.wanspec.functions.store.SessionStatus;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.store.SessionSweeper;
import io.wanspec.functions.store.SweepRule;
import io.wanspec.functions.table.Table;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What <i>sweeper</i> has done before it answers, or fails: afterwards it may be frozen. */
@Timeout(180)
class SweeperFunctionTest {

    @Test
    @SuppressWarnings("UnnecessaryAssignment") // Its own sweeper fails only where its table does.
    void whatItGaveBackIsWrittenThoughItFailsBehindIt() {
        String name = EmulatedTables.fresh("sweeper");
        Map<String, String> settings = NowhereSettings.withCredentials(name, SharedAwsEmulator.endpoint());
        // Lambda makes its handler itself: settings come from the process.
        settings.forEach(System::setProperty);
        try {
            var function = new SweeperFunction();
            Table table = function.getApplicationContext().getBean(Table.class);
            var unowned = Injected.of(function.unowned);
            SessionId session = queued(table, name);
            Clock later = Clock.offset(Clock.systemUTC(), SweepRule.QUEUED_MAX.plusMinutes(1));
            function.sweeper = new SessionSweeper(table, later, SweepRule.GRACE, head -> {
                unowned.accept(head);
                throw new IllegalStateException("the table does not answer");
            });

            assertThatThrownBy(() -> function.execute(Map.of())).isInstanceOf(IllegalStateException.class);

            assertThat(status(table, name, session)).isEqualTo(SessionStatus.INCOMPLETE);
            assertThat(new UsageTable(table).days("key"))
                    .singleElement()
                    .satisfies(day -> assertThat(day.tokens()).isEqualTo(SampleSessions.PROMPT.size()));
            function.close();
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }

    private static SessionId queued(Table table, String name) {
        var account = new Account(
                Ownership.nobody(), Optional.of("key"), PromptRegions.any(), KeyLimits.none(), OptionalLong.empty());
        SessionRequest request =
                SampleSessions.request("swept", SampleSessions.PROMPT).on(account);
        try (var store = store(table, name)) {
            store.queue(request);
        }
        return request.generation().session();
    }

    private static SessionStatus status(Table table, String name, SessionId session) {
        try (var store = store(table, name)) {
            return store.head(session).orElseThrow().status();
        }
    }

    private static SessionStore store(Table table, String name) {
        var settings = new StoreSettings(
                NowhereSettings.REGION,
                SharedAwsEmulator.endpoint(),
                name,
                Duration.ofDays(1),
                false,
                Duration.ofSeconds(1));
        return new SessionStore(table, settings, Clock.systemUTC());
    }
}
