package io.wanspec.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.access.KeyVerdict.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** In virtual time, with a table that counts how often it is asked. */
class KeyVerifierTest {
    private static final Instant START = Instant.parse("2026-11-02T12:00:00Z");

    private final Map<String, AccessKey> table = new HashMap<>();
    private int asked;
    private boolean broken;
    private long nanos = 5;
    private final KeyVerifier verifier =
            new KeyVerifier(this::find, clock(), () -> nanos, KeyCache.KNOWN_FOR, Runnable::run);
    private final KeySecret secret = KeySecret.draw(Keys.RANDOM);

    private Clock clock() {
        InstantSource now = () -> START.plusNanos(nanos);
        return now.withZone(ZoneOffset.UTC);
    }

    private Optional<AccessKey> find(String hash) {
        asked++;
        if (broken) {
            throw new IllegalStateException("no table");
        }
        return Optional.ofNullable(table.get(hash));
    }

    @Test
    void aKeyInUseIsReadOnceInHalfAMinute() {
        keep(Keys.usual(secret, "team"));
        for (int second = 0; second < 30; second++) {
            assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
            pass(Duration.ofMillis(999));
        }
        assertThat(asked).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aRevokedKeyLivesHalfAMinuteAtMost() {
        AccessKey key = Keys.usual(secret, "team");
        keep(key);
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
        keep(key.revoked(START));
        pass(KeyCache.KNOWN_FOR.minusNanos(1));
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
        pass(Duration.ofNanos(1));
        assertThat(verify(secret)).isEqualTo(new KeyVerdict.Ended(key.revoked(START), Reason.REVOKED));
    }

    @Test
    void aKeyInUseIsReadAgainBeforeItsTimeIsOverAndNobodyWaitsForThat() {
        List<Runnable> waiting = new ArrayList<>();
        var ahead = new KeyVerifier(this::find, clock(), () -> nanos, KeyCache.KNOWN_FOR, waiting::add);
        keep(Keys.usual(secret, "team"));
        assertThat(verify(ahead, secret)).isInstanceOf(KeyVerdict.Valid.class);
        pass(KeyCache.KNOWN_FOR.minus(KeyCache.AHEAD));
        for (int i = 0; i < 5; i++) {
            assertThat(verify(ahead, secret)).isInstanceOf(KeyVerdict.Valid.class);
        }
        assertThat(waiting).as("one lookup, whoever asks").hasSize(1);
        assertThat(asked).isEqualTo(1);
        waiting.removeFirst().run();
        pass(KeyCache.KNOWN_FOR.minus(KeyCache.AHEAD).minusNanos(1));
        assertThat(verify(ahead, secret)).isInstanceOf(KeyVerdict.Valid.class);
        assertThat(asked).as("read once ahead, and known for as long again").isEqualTo(2);
        assertThat(waiting).isEmpty();
    }

    @Test
    void aTableThatDoesNotAnswerAheadOfTimeTakesNothingFromWhoIsKnown() {
        keep(Keys.usual(secret, "team"));
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
        broken = true;
        pass(KeyCache.KNOWN_FOR.minusNanos(1));
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
        broken = false;
        pass(Duration.ofNanos(1));
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
    }

    @Test
    void aCrowdThatFindsItsKeyForgottenAsksOnceAndIsServed() throws Exception {
        int crowd = 3 * LookupGate.AT_ONCE;
        var all = new CountDownLatch(crowd);
        var lookups = new AtomicInteger();
        AtomicLong time = new AtomicLong(5);
        var slow = new KeyVerifier(
                hash -> {
                    lookups.incrementAndGet();
                    awaitCrowd(all);
                    return find(hash);
                },
                clock(),
                time::get,
                KeyCache.KNOWN_FOR,
                Runnable::run);
        keep(Keys.usual(secret, "team"));
        List<Callable<KeyVerdict>> callers = new ArrayList<>();
        for (int i = 0; i < crowd; i++) {
            callers.add(() -> {
                all.countDown();
                return verify(slow, secret);
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Duration later : List.of(Duration.ZERO, KeyCache.KNOWN_FOR)) {
                time.addAndGet(later.toNanos());
                for (Future<KeyVerdict> verdict : threads.invokeAll(callers)) {
                    assertThat(verdict.get()).isInstanceOf(KeyVerdict.Valid.class);
                }
            }
        }
        assertThat(lookups).as("the first time, and when its time was over").hasValue(2);
    }

    private static void awaitCrowd(CountDownLatch all) {
        try {
            all.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFloodOfMadeUpKeysDoesNotStandInTheWayOfOneInUse() {
        keep(Keys.usual(secret, "team"));
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
        pass(KeyCache.KNOWN_FOR);
        while (!(verify(KeySecret.draw(Keys.RANDOM)) instanceof KeyVerdict.Undecided)) {
            assertThat(asked).isLessThan(10 * LookupGate.BURST);
        }
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
    }

    @Test
    void anExpiredKeyIsRefusedEvenWhileItIsRemembered() {
        AccessKey key = Keys.usual(secret, "team");
        keep(new AccessKey(
                key.id(),
                key.hash(),
                key.name(),
                key.owner(),
                key.scopes(),
                key.limits(),
                key.regions(),
                key.createdAt(),
                Optional.of(START.plusSeconds(10)),
                Optional.empty()));
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
        pass(Duration.ofSeconds(10));
        assertThat(verify(secret))
                .isInstanceOfSatisfying(
                        KeyVerdict.Ended.class,
                        ended -> assertThat(ended.reason()).isEqualTo(Reason.EXPIRED));
    }

    @Test
    void whoeverRepeatsAnUnknownKeyIsNotLookedUpAgainForAWhile() {
        assertThat(verify(secret)).isEqualTo(new KeyVerdict.Refused(Reason.UNKNOWN));
        assertThat(verify(secret)).isEqualTo(new KeyVerdict.Refused(Reason.UNKNOWN));
        assertThat(asked).isEqualTo(1);
        keep(Keys.usual(secret, "team"));
        pass(KeyCache.UNKNOWN_FOR);
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
    }

    @Test
    void aFloodOfMadeUpKeysIsBoundedInReadsAndMemoryAndDisplacesNoKeyInUse() {
        keep(Keys.usual(secret, "team"));
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
        int undecided = 0;
        for (int i = 0; i < 10_000; i++) {
            undecided += verify(KeySecret.draw(Keys.RANDOM)) instanceof KeyVerdict.Undecided ? 1 : 0;
            pass(Duration.ofMillis(1));
        }
        assertThat(asked).isLessThanOrEqualTo(1 + LookupGate.BURST + 10 * LookupGate.EACH_SECOND);
        assertThat(undecided).isGreaterThan(9_000);
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
    }

    @Test
    void theCacheForgetsWhatWasUsedLongestAgo() {
        KeyCache cache = new KeyCache(Duration.ofDays(1));
        cache.remember(Keys.usual(secret, "team"), 0);
        for (int i = 0; i < 3 * KeyCache.KEYS_MAX; i++) {
            cache.remember(Keys.usual(KeySecret.draw(Keys.RANDOM), "other"), 0);
            cache.rememberUnknown(KeySecret.draw(Keys.RANDOM).hash(), 0);
            assertThat(cache.find(secret.hash(), 0)).isPresent();
        }
        assertThat(cache.size()).isEqualTo(2 * KeyCache.KEYS_MAX);
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutTheTable() {
        assertThat(verifier.verify(Optional.empty())).isEqualTo(new KeyVerdict.Refused(Reason.MISSING));
        for (String header :
                new String[] {"", "Bearer", "Bearer ", "Basic abc", "Bearer sk-123", "wsk_", "Bearer a b"}) {
            assertThat(verifier.verify(Optional.of(header)))
                    .as(header)
                    .isEqualTo(new KeyVerdict.Refused(Reason.MALFORMED));
        }
        String almost = secret.reveal().substring(0, KeySecret.LENGTH - 1);
        assertThat(verifier.verify(Optional.of("Bearer " + almost)))
                .isEqualTo(new KeyVerdict.Refused(Reason.MALFORMED));
        assertThat(asked).isZero();
    }

    @Test
    void aTableThatDoesNotAnswerLetsNobodyInButThoseWhoAreKnown() {
        keep(Keys.usual(secret, "team"));
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
        broken = true;
        assertThat(verify(KeySecret.draw(Keys.RANDOM))).isInstanceOf(KeyVerdict.Undecided.class);
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Valid.class);
        pass(KeyCache.KNOWN_FOR);
        assertThat(verify(secret)).isInstanceOf(KeyVerdict.Undecided.class);
    }

    private KeyVerdict verify(KeySecret key) {
        return verify(verifier, key);
    }

    private static KeyVerdict verify(KeyVerifier verifier, KeySecret key) {
        return verifier.verify(Optional.of("bearer " + key.reveal()));
    }

    private void keep(AccessKey key) {
        table.put(key.hash(), key);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
