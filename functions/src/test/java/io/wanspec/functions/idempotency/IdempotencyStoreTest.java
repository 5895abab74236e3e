package io.wanspec.functions.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.store.SessionSweeper;
import io.wanspec.functions.store.SweepRule;
import io.wanspec.functions.table.TableModel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One key, one request; whoever comes second learns who was first. */
final class IdempotencyStoreTest {
    private static final Ownership ME = Ownership.of(CallerId.of("me"));
    private static final IdempotencyKey KEY = new IdempotencyKey("4f1f0b3a-0c1d");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_000_000));
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final TableModel table = new TableModel(clock);
    private final IdempotencyStore store = new IdempotencyStore(table, clock);

    @Test
    void theFirstHasTheKey() {
        FirstRequest first = request("a", "sess_1");

        assertThat(store.find(ME, KEY)).isEmpty();
        assertThat(store.claim(ME, KEY, first, Optional.empty())).isEqualTo(first);
        assertThat(store.claim(ME, KEY, request("a", "sess_2"), Optional.empty()))
                .isEqualTo(first);
        assertThat(store.claim(ME, KEY, request("b", "sess_3"), Optional.empty()))
                .isEqualTo(first);
        assertThat(store.find(ME, KEY)).contains(first);
    }

    @Test
    void aWriteWhoseAnswerWasLostIsStillTheFirst() {
        FirstRequest first = request("a", "sess_1");
        store.claim(ME, KEY, first, Optional.empty());

        assertThat(store.claim(ME, KEY, first, Optional.empty())).isEqualTo(first);
    }

    @Test
    void anothersKeyIsAnotherKey() {
        store.claim(ME, KEY, request("a", "sess_1"), Optional.empty());
        FirstRequest other = request("b", "sess_2");

        assertThat(store.find(Ownership.nobody(), KEY)).isEmpty();
        assertThat(store.claim(Ownership.nobody(), KEY, other, Optional.empty()))
                .isEqualTo(other);
    }

    @Test
    void afterADayTheKeyIsFree() {
        store.claim(ME, KEY, request("a", "sess_1"), Optional.empty());
        now.updateAndGet(instant -> instant.plus(IdempotencyStore.TIME_TO_LIVE));
        FirstRequest later = request("b", "sess_2");

        assertThat(store.find(ME, KEY)).isEmpty();
        assertThat(store.claim(ME, KEY, later, Optional.empty())).isEqualTo(later);
    }

    @Test
    void whatHasExpiredIsDeletedUnlessItWasTakenAnew() {
        var sweeper = new SessionSweeper(table, clock, SweepRule.GRACE, _ -> {});
        store.claim(ME, KEY, request("a", "sess_1"), Optional.empty());
        store.claim(Ownership.nobody(), KEY, request("a", "sess_2"), Optional.empty());
        now.updateAndGet(instant -> instant.plus(IdempotencyStore.TIME_TO_LIVE));
        FirstRequest later = request("b", "sess_3");
        store.claim(ME, KEY, later, Optional.empty());

        assertThat(sweeper.sweep(10).deleted()).isEqualTo(1);
        assertThat(table.all()).hasSize(1);
        assertThat(store.find(ME, KEY)).contains(later);
    }

    @Test
    void aRequestWithoutAnAnswerGivesItsKeyToOneOfThoseThatTryAgain() {
        FirstRequest failed = request("a", "sess_1");
        store.claim(ME, KEY, failed, Optional.empty());
        FirstRequest again = request("a", "sess_2");

        assertThat(store.claim(ME, KEY, again, Optional.of(failed))).isEqualTo(again);
        assertThat(store.claim(ME, KEY, request("a", "sess_3"), Optional.of(failed)))
                .isEqualTo(again);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ä", "a\n"})
    void keysThatAreNone(String key) {
        assertThatThrownBy(() -> new IdempotencyKey(key)).hasMessageContaining("1 to 255");
    }

    @Test
    void keysAreBounded() {
        assertThat(new IdempotencyKey("k".repeat(255)).value()).hasSize(255);
        assertThatThrownBy(() -> new IdempotencyKey("k".repeat(256))).hasMessageContaining("1 to 255");
    }

    @Test
    void methodPathAndBodyMakeARequest() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        Fingerprint one = Fingerprint.of("POST", "/v1/responses", body);

        assertThat(Fingerprint.of("POST", "/v1/responses", body)).isEqualTo(one);
        assertThat(Fingerprint.of("POST", "/v1/completions", body)).isNotEqualTo(one);
        assertThat(Fingerprint.of("POST", "/v1/responses", new byte[0])).isNotEqualTo(one);
    }

    private static FirstRequest request(String body, String session) {
        return new FirstRequest(
                Fingerprint.of("POST", "/", body.getBytes(StandardCharsets.UTF_8)),
                new AnswerFacts(new SessionId(session), 1_000, "toy", "a".repeat(64), 3, -5, "wanspec"));
    }
}
