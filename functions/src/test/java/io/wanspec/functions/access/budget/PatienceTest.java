package io.wanspec.functions.access.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.table.TableModel;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of a key that is at its limit, while an answer is made that may end soon. Nothing is due: the clock stands. */
final class PatienceTest {
    private static final Clock STILL = Clock.fixed(Instant.parse("2126-11-02T12:00:00Z"), ZoneOffset.UTC);
    private static final KeyLimits LIMITS = Keys.limits(0, 0, 1_000, 0);
    private static final Account ACCOUNT =
            new Account(Ownership.nobody(), Optional.of("key"), PromptRegions.any(), LIMITS, OptionalLong.empty());
    private static final LimitHit TOO_MANY = new LimitHit(LimitHit.Kind.TOKENS_PER_DAY, 1_000, 100, 50);
    private static final SessionId LONG = new SessionId("sess_long");

    private final Budgets budgets = new Budgets(new UsageTable(new TableModel(STILL)), STILL);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        threads.close();
        budgets.close();
    }

    /** A request that waits halts where it has given its place back. */
    private static final class Halted extends CountedPlace {
        final CountDownLatch waits = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void giveBack() {
            super.giveBack();
            waits.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void whoWaitsHoldsNoPlaceAndFewWait() throws Exception {
        begin();
        List<Halted> places = List.of(new Halted(), new Halted());
        List<Future<Optional<LimitHit>>> waiting = new ArrayList<>();
        for (Halted place : places) {
            waiting.add(threads.submit(() -> reserve(place)));
            place.waits.await();
            assertThat(place.held).hasValue(0);
        }
        var third = new CountedPlace();
        assertThat(reserve(third)).as("one too many waits").isPresent();
        assertThat(third.held).as("it was refused at once").hasValue(1);

        budgets.ended(LONG);
        budgets.settled(LONG, ACCOUNT, 1_000, 100);
        places.forEach(place -> place.goOn.countDown());
        for (int i = 0; i < waiting.size(); i++) {
            assertThat(waiting.get(i).get()).isEmpty();
            assertThat(places.get(i).held).hasValue(1);
        }
    }

    @Test
    void whoFindsItsPlaceTakenHasReservedNothing() {
        begin();
        var taken = new CountedPlace() {
            @Override
            public void giveBack() {
                super.giveBack();
                budgets.ended(LONG);
                budgets.settled(LONG, ACCOUNT, 1_000, 100);
            }

            @Override
            public void takeAgain() {
                throw new IllegalStateException("taken");
            }
        };
        assertThatThrownBy(() -> reserve(taken)).hasMessage("taken");
        assertThat(budgets.reserve(ACCOUNT, new SessionId("sess_rest"), 900, new CountedPlace()))
                .isEmpty();
    }

    /** An answer may end between a refusal and the question whether one is about to end. */
    @Test
    void whatCameBackAfterARefusalIsAskedForAgain() {
        var book = new KeyBook("function", STILL.millis());
        try (var patience = new Patience(book)) {
            patience.look();
            book.freed(STILL.millis());
            book.settled(new Reserved.Reservation(100, Map.of()), 10, STILL.millis());
            assertThat(patience.isFor(TOO_MANY)).isTrue();
            assertThat(patience.await(TOO_MANY)).isTrue();
            patience.look();
            assertThat(patience.await(TOO_MANY)).as("nothing else comes").isFalse();
        }
    }

    @Test
    void whoWaitsForNothingKeepsItsPlace() {
        var place = new CountedPlace();
        assertThat(budgets.reserve(ACCOUNT, new SessionId("sess_huge"), 1_001, place))
                .hasValueSatisfying(hit -> assertThat(hit.isHopeless()).isTrue());
        assertThat(place.held).hasValue(1);
    }

    private void begin() {
        assertThat(budgets.reserve(ACCOUNT, LONG, 1_000, new CountedPlace())).isEmpty();
        budgets.begun(LONG);
    }

    private Optional<LimitHit> reserve(HeldPlace place) {
        return budgets.reserve(ACCOUNT, new SessionId("sess_" + System.identityHashCode(place)), 100, place);
    }
}
