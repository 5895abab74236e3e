package io.wanspec.endpoints.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.twin.HashModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which sessions find what others have computed. */
class SharingTest {
    private static final Optional<CallerId> ANNA = Optional.of(CallerId.of("anna"));
    private static final Optional<CallerId> BEN = Optional.of(CallerId.of("ben"));
    private static final Tokens SYSTEM = Tokens.of(IntStream.range(0, 100).toArray());
    private static final Tokens FIRST = SYSTEM.plus(Tokens.of(new int[60]));
    private static final Tokens SECOND = SYSTEM.plus(7);

    private final HashModel model = HashModel.endless(1_000);
    private final List<String> woken = new ArrayList<>();
    private SequencePool pool = new SequencePool(model, 10_000, 8);

    @Test
    void aRunningSessionsPrefixIsCopied() {
        Sequences.Lease first = computed(FIRST, ANNA);
        Sequences.Lease second = begun(SECOND, ANNA);
        assertThat(share(second, SECOND, "second")).isTrue();
        assertThat(second.sequence().length()).isEqualTo(SYSTEM.size());
        assertThat(first.sequence().length()).isEqualTo(FIRST.size());
        assertThat(pool.report().sharedTokens()).isEqualTo(SYSTEM.size());
    }

    @Test
    void anotherCallerNeitherCopiesNorWaits() {
        Sequences.Lease filling = begun(FIRST, ANNA);
        assertThat(share(filling, FIRST, "first")).isTrue();
        filling.sequence().append(FIRST.slice(0, 64), 0);
        for (Optional<CallerId> other : List.of(BEN, Optional.<CallerId>empty())) {
            Sequences.Lease lease = begun(FIRST, other);
            assertThat(share(lease, FIRST, "other")).isTrue();
            assertThat(lease.sequence().length()).isZero();
            lease.release(Tokens.none());
        }
        filling.sequence().append(FIRST.from(64), 0);
        filling.release(FIRST);
        Sequences.Lease late = begun(FIRST, BEN);
        assertThat(share(late, FIRST, "late")).isTrue();
        assertThat(late.sequence().length()).isZero();
        assertThat(pool.report().sharedTokens()).isZero();
    }

    @Test
    void whatAnotherIsAboutToComputeIsWaitedFor() {
        Sequences.Lease first = begun(FIRST, ANNA);
        Sequences.Lease second = begun(SECOND, ANNA);
        assertThat(share(first, FIRST, "first")).isTrue();
        assertThat(share(second, SECOND, "second")).isFalse();
        first.sequence().append(FIRST.slice(0, 64), 0);
        pool.trim();
        assertThat(woken).containsExactly("second");
        assertThat(share(second, SECOND, "second")).as("not all of it").isFalse();
        assertThat(share(first, FIRST, "first")).isTrue();
        first.sequence().append(FIRST.slice(64, 128), 0);
        pool.trim();
        assertThat(share(second, SECOND, "second")).isTrue();
        assertThat(second.sequence().length()).isEqualTo(SYSTEM.size());
        assertThat(woken).containsExactly("second", "second");
    }

    @Test
    void whoWaitsForOneThatEndsComputesItself() {
        Sequences.Lease first = begun(FIRST, ANNA);
        Sequences.Lease second = begun(SECOND, ANNA);
        assertThat(share(first, FIRST, "first")).isTrue();
        assertThat(share(second, SECOND, "second")).isFalse();
        first.release(Tokens.none());
        assertThat(woken).containsExactly("second");
        assertThat(share(second, SECOND, "second")).isTrue();
        assertThat(second.sequence().length()).isZero();
    }

    @Test
    void anotherChatsCacheIsCopiedAndKeptWhileThereIsRoomForBoth() {
        computed(FIRST, ANNA).release(FIRST);
        Sequences.Lease second = begun(SECOND, ANNA);
        assertThat(share(second, SECOND, "second")).isTrue();
        assertThat(second.sequence().length()).isEqualTo(SYSTEM.size());
        assertThat(pool.report().idle()).isEqualTo(1);
        assertThat(pool.acquire(FIRST, ANNA, CacheNeed.growing(FIRST))
                        .sequence()
                        .length())
                .isEqualTo(FIRST.size());
    }

    @Test
    void itIsTakenOverWhereThereIsNot() {
        pool = new SequencePool(model, 300, 8);
        computed(FIRST, ANNA).release(FIRST);
        Sequences.Lease second = begun(SECOND, ANNA);
        assertThat(second.sequence().length()).isEqualTo(SYSTEM.size());
        assertThat(pool.report().idle()).isZero();
    }

    @Test
    void whatWasCopiedCountsAsUsed() {
        pool = new SequencePool(model, 700, 8);
        Tokens other = Tokens.of(new int[150]).plus(SYSTEM);
        computed(FIRST, ANNA).release(FIRST);
        computed(other, ANNA).release(other);
        Sequences.Lease second = begun(SECOND, ANNA);
        assertThat(share(second, SECOND, "second")).isTrue();
        assertThat(second.reserve(350, () -> {})).isTrue();
        assertThat(pool.report().idle()).isEqualTo(1);
        second.release(Tokens.none());
        assertThat(pool.acquire(FIRST, ANNA, CacheNeed.whole(160)).sequence().length())
                .isEqualTo(FIRST.size());
    }

    @Test
    void nothingIsLeftOfThoseWhoShared() {
        Sequences.Lease first = computed(FIRST, ANNA);
        Sequences.Lease second = begun(SECOND, ANNA);
        assertThat(share(second, SECOND, "second")).isTrue();
        first.release(Tokens.none());
        assertThat(second.sequence().length()).isEqualTo(SYSTEM.size());
        second.release(Tokens.none());
        assertThat(model.openSequences()).isZero();
        assertThat(pool.cacheBytes()).isZero();
    }

    private Sequences.Lease computed(Tokens tokens, Optional<CallerId> caller) {
        Sequences.Lease lease = begun(tokens, caller);
        lease.sequence().append(tokens, 0);
        return lease;
    }

    private Sequences.Lease begun(Tokens tokens, Optional<CallerId> caller) {
        return pool.acquire(tokens, caller, CacheNeed.growing(tokens));
    }

    private boolean share(Sequences.Lease lease, Tokens prefix, String name) {
        return lease.share(prefix, () -> woken.add(name));
    }
}
