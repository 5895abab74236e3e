package io.wanspec.functions.access.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.access.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one function does with a key's budget, in virtual time. */
final class KeyUseTest {
    private static final long NOON = Instant.parse("2026-11-02T12:00:00Z").toEpochMilli();
    private final LedgerModel ledger = new LedgerModel();
    private long now = NOON;
    private final KeyUse one = new KeyUse("key", "one", ledger, now);
    private final KeyUse two = new KeyUse("key", "two", ledger, now);

    @Test
    void theLastRequestIsServedAndTheNextIsToldWhenToComeBack() {
        KeyLimits limits = Keys.limits(100, 0, 0, 0);
        for (int i = 0; i < 100; i++) {
            assertThat(one.request(limits, now)).isEmpty();
        }
        now += 20_000;
        assertThat(one.request(limits, now)).hasValueSatisfying(hit -> {
            assertThat(hit.kind()).isEqualTo(LimitHit.Kind.REQUESTS_PER_MINUTE);
            assertThat(hit.retryAfterMs()).isEqualTo(40_000);
            assertThat(hit.isHopeless()).isFalse();
        });
        now += 40_000;
        assertThat(one.request(limits, now)).isEmpty();
    }

    @Test
    void aRequestSeldomWritesMoreThanOnce() {
        KeyLimits limits = Keys.limits(100_000, 10_000_000, 1_000_000_000, 64);
        for (int i = 0; i < 1_000; i++) {
            assertThat(one.request(limits, now)).isEmpty();
            Reserved.Reservation reserved = reserve(one, limits, 500);
            now += 50;
            one.tick(now);
            one.book().ended(reserved, 120, now);
        }
        assertThat(ledger.writes).isLessThan(300);
    }

    @Test
    void whatAnAnswerDidNotUseComesBack() {
        KeyLimits limits = Keys.limits(0, 1_000, 10_000, 0);
        Reserved.Reservation reserved = reserve(one, limits, 1_000);
        assertThat(two.reserve(limits, 1, now)).isInstanceOf(Reserved.Refused.class);
        one.book().ended(reserved, 300, now);
        assertThat(reserve(one, limits, 100).tokens()).isEqualTo(100);
        one.book().ended(new Reserved.Reservation(100, reserved.windows()), 100, now);

        now += 3_000;
        one.tick(now);
        assertThat(ledger.taken(Budget.TOKENS_PER_MINUTE, now)).isEqualTo(400);
        assertThat(ledger.taken(Budget.TOKENS_PER_DAY, now)).isEqualTo(400);
        assertThat(ledger.reportedTokens).isEqualTo(400);
        assertThat(reserve(two, limits, 600).tokens()).isEqualTo(600);
    }

    @Test
    void aCrashedFunctionsPlacesComeBackByThemselves() {
        KeyLimits limits = Keys.limits(0, 0, 0, 2);
        reserve(one, limits, 1);
        reserve(one, limits, 1);
        assertThat(two.reserve(limits, 1, now)).isInstanceOf(Reserved.Refused.class);
        now += UsageRules.SLOT_LEASE.toMillis();
        reserve(two, limits, 1);
    }

    @Test
    void placesInUseAreRenewed() {
        KeyLimits limits = Keys.limits(0, 0, 0, 2);
        reserve(one, limits, 1);
        reserve(one, limits, 1);
        for (int second = 0; second < 120; second++) {
            now += 1_000;
            one.tick(now);
            assertThat(two.reserve(limits, 1, now)).isInstanceOf(Reserved.Refused.class);
        }
        assertThat(ledger.writes).as("one in ten seconds").isLessThan(20);
    }

    @Test
    void aRequestThatIsLargerThanTheLimitIsHopeless() {
        KeyLimits limits = Keys.limits(0, 1_000, 0, 0);
        assertThat(one.reserve(limits, 1_001, now))
                .isInstanceOfSatisfying(
                        Reserved.Refused.class,
                        r -> assertThat(r.hit().isHopeless()).isTrue());
    }

    @Test
    void theDaysBudgetOutlivesTheMinutes() {
        KeyLimits limits = Keys.limits(0, 0, 1_000, 0);
        one.book().ended(reserve(one, limits, 900), 900, now);
        now += Duration.ofHours(11).toMillis();
        assertThat(one.reserve(limits, 200, now)).isInstanceOfSatisfying(Reserved.Refused.class, refused -> {
            assertThat(refused.hit().kind()).isEqualTo(LimitHit.Kind.TOKENS_PER_DAY);
            assertThat(refused.hit().retryAfterMs())
                    .isEqualTo(Duration.ofHours(1).toMillis());
        });
        now += Duration.ofHours(1).toMillis();
        reserve(one, limits, 200);
    }

    @Test
    void anAnswerThatAnotherFunctionEndsIsSettledThere() {
        KeyLimits limits = Keys.limits(0, 0, 1_000, 1);
        reserve(one, limits, 800);
        one.book().leftToOthers(now);
        two.book().endedForOthers(Budget.TOKENS_PER_DAY.windowAt(now), 800, 200, now);
        now += 3_000;
        one.tick(now);
        two.tick(now);
        assertThat(ledger.taken(Budget.TOKENS_PER_DAY, now)).isEqualTo(200);
        reserve(one, limits, 800);
    }

    @Test
    void aFunctionWhoseClockIsBehindSpendsFromTheWindowThatOthersBegan() {
        KeyLimits limits = Keys.limits(10, 0, 0, 0);
        long ahead = NOON + 60_000;
        for (int i = 0; i < 10; i++) {
            assertThat(one.request(limits, ahead)).isEmpty();
        }
        assertThat(two.request(limits, ahead - 500)).isPresent();
    }

    @Test
    void whatHasNoLimitCostsNoWriteButIsReported() {
        List<Reserved.Reservation> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            assertThat(one.request(KeyLimits.none(), now)).isEmpty();
            answers.add(reserve(one, KeyLimits.none(), 10));
        }
        answers.forEach(answer -> one.book().ended(answer, 7, now));
        assertThat(ledger.writes).isZero();
        now += 3_000;
        one.tick(now);
        assertThat(ledger.reportedRequests).isEqualTo(50);
        assertThat(ledger.reportedTokens).isEqualTo(350);
        assertThat(one.isIdle(now)).isTrue();
    }

    @Test
    void whatIsLeftCanBeTold() {
        KeyLimits limits = Keys.limits(100, 0, 0, 0);
        now += 15_000;
        for (int i = 0; i < 3; i++) {
            assertThat(one.request(limits, now)).isEmpty();
        }
        assertThat(one.book().view(Budget.REQUESTS_PER_MINUTE, limits, now)).contains(new BudgetView(100, 97, 45_000));
        assertThat(one.book().view(Budget.TOKENS_PER_MINUTE, limits, now)).isEmpty();
        now += 45_000;
        assertThat(one.book().view(Budget.REQUESTS_PER_MINUTE, limits, now)).contains(new BudgetView(100, 100, 60_000));
    }

    private Reserved.Reservation reserve(KeyUse use, KeyLimits limits, long tokens) {
        Reserved reserved = use.reserve(limits, tokens, now);
        assertThat(reserved).isInstanceOf(Reserved.Reservation.class);
        return (Reserved.Reservation) reserved;
    }
}
