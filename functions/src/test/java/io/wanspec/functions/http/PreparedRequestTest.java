package io.wanspec.functions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.access.budget.CountedPlace;
import io.wanspec.functions.access.budget.UsageTable;
import io.wanspec.functions.observe.BudgetKeeper;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.store.SampleSessions;
import io.wanspec.functions.table.TableModel;
import io.wanspec.functions.table.Write;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What a request that does not start leaves of its key's budget. */
final class PreparedRequestTest {
    private static final Clock STILL = Clock.fixed(Instant.parse("2126-11-02T12:00:00Z"), ZoneOffset.UTC);
    private static final SessionRequest REQUEST = SampleSessions.request("sess_first", SampleSessions.PROMPT);
    private static final long MOST = BudgetKeeper.most(REQUEST);
    private static final Account ACCOUNT = new Account(
            Ownership.nobody(),
            Optional.of("key"),
            PromptRegions.any(),
            Keys.limits(0, 0, MOST, 0),
            OptionalLong.empty());

    @ParameterizedTest
    @CsvSource({"403, 1, true", "400, 1, true", "408, 1, false", "400, 2, false", "500, 1, false"})
    void isAllWhereTheTableHasRefusedItsRecordAndNothingElse(int status, int attempts, boolean free) {
        SdkException answer = DynamoDbException.builder()
                .statusCode(status)
                .numAttempts(attempts)
                .build();
        assertThat(isFreeAfter(prepared -> prepared.recorded(failing(answer)))).isEqualTo(free);
        assertThat(isFreeAfter(prepared -> prepared.start(failing(answer)))).isEqualTo(free);
    }

    @Test
    void isNothingWhereTheTableDidNotAnswer() {
        SdkException none = SdkClientException.create("no answer");
        assertThat(isFreeAfter(prepared -> prepared.recorded(failing(none)))).isFalse();
        assertThat(isFreeAfter(prepared -> prepared.start(failing(none)))).isFalse();
    }

    /** Whatever fails then: others may go on with it. */
    @Test
    void isNothingOnceThereIsARecord() {
        SdkException refused =
                DynamoDbException.builder().statusCode(403).numAttempts(1).build();
        assertThat(isFreeAfter(prepared -> {
                    prepared.recorded(() -> new Write.Done(null));
                    prepared.start(failing(refused));
                }))
                .isFalse();
    }

    private static <T> Supplier<T> failing(SdkException e) {
        return () -> {
            throw e;
        };
    }

    /** Whether the day has room for as much again. */
    private static boolean isFreeAfter(Consumer<PreparedRequest> steps) {
        try (var budgets = new Budgets(new UsageTable(new TableModel(STILL)), STILL)) {
            SessionId session = REQUEST.generation().session();
            assertThat(budgets.reserve(ACCOUNT, session, MOST, new CountedPlace()))
                    .isEmpty();
            assertThatThrownBy(() -> {
                        try (var prepared = new PreparedRequest(REQUEST, Optional.of(budgets), _ -> {})) {
                            steps.accept(prepared);
                        }
                    })
                    .isInstanceOfAny(SdkException.class, ApiException.class);
            return budgets.reserve(ACCOUNT, new SessionId("sess_second"), MOST, new CountedPlace())
                    .isEmpty();
        }
    }
}
