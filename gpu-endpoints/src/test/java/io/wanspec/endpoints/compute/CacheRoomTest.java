package io.wanspec.endpoints.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.twin.HashModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who gets room for its cache, and who gives its own up. A cache of the twin takes a byte, and one for each token. */
class CacheRoomTest {
    private static final Tokens PROMPT = Tokens.of(new int[10]);
    private static final long ROOM = 1_000;

    /** What is reserved for a session that grows. */
    private static final long GROWING = 1 + 266;

    private final SequencePool pool = new SequencePool(HashModel.endless(5_000), ROOM, 8, ROOM);
    private final List<String> woken = new ArrayList<>();

    @Test
    void aSessionIsLetInWhenWhatItMayNeedHasRoom() {
        whole(600);
        assertThat(pool.hasRoom(CacheNeed.whole(398))).isTrue();
        assertThat(pool.hasRoom(CacheNeed.whole(399))).isFalse();
        assertThatThrownBy(() -> whole(399)).isInstanceOf(OverloadedException.class);
        whole(398);
        assertThat(pool.report().reservedBytes()).isEqualTo(ROOM);
    }

    @Test
    void whoGrowsTakesFromTheYoungest() {
        Sequences.Lease first = growing();
        Sequences.Lease second = growing();
        Sequences.Lease third = growing();
        assertThat(reserve(first, 500)).isTrue();
        assertThat(held(first, second, third)).containsExactly(true, true, false);
        assertThat(pool.report().givenUp()).isEqualTo(1);
        assertThatThrownBy(third::sequence).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothingIsTakenFromTheOlderOrInVain() {
        Sequences.Lease first = growing();
        Sequences.Lease second = growing();
        Sequences.Lease third = growing();
        assertThat(reserve(second, 900)).isFalse();
        assertThat(held(first, second, third)).containsExactly(true, true, true);
        assertThat(pool.report().waiting()).isEqualTo(1);
    }

    @Test
    void nothingIsTakenFromWhoIsInAPassOrHasAllItNeeds() {
        Sequences.Lease first = growing();
        Sequences.Lease second = growing();
        Sequences.Lease third = growing();
        assertThat(reserve(third, 10)).isTrue();
        assertThat(reserve(first, 500)).isTrue();
        assertThat(held(first, second, third)).containsExactly(true, false, true);
        third.computed();
        assertThat(reserve(first, 800)).isTrue();
        assertThat(held(third)).containsExactly(false);
        first.release(Tokens.none());
        Sequences.Lease whole = whole(700);
        assertThat(reserve(second, 400)).isFalse();
        assertThat(held(whole)).containsExactly(true);
    }

    @Test
    void whoGaveUpItsCacheGetsAnotherWhenThereIsRoom() {
        Sequences.Lease first = growing();
        Sequences.Lease second = growing();
        assertThat(reserve(first, 900)).isTrue();
        first.computed();
        assertThat(reserve(second, 50)).isTrue();
        assertThat(second.sequence().length()).isZero();
        second.computed();
        assertThat(reserve(first, 960)).isTrue();
        first.computed();
        assertThat(reserve(second, 50)).isFalse();
        assertThat(woken).isEmpty();
        first.release(Tokens.none());
        assertThat(woken).containsExactly("second");
        assertThat(second.reserve(50, () -> {})).isTrue();
    }

    @Test
    void whoWaitsToGoOnGoesBeforeNewcomers() {
        List<String> told = new ArrayList<>();
        pool.onRoom(() -> told.add("room"));
        Sequences.Lease whole = whole(600);
        Sequences.Lease growing = growing();
        assertThat(growing.reserve(500, () -> woken.add("growing"))).isFalse();
        assertThat(pool.hasRoom(CacheNeed.whole(1))).isFalse();
        pool.trim();
        assertThat(woken).containsExactly("growing");
        whole.release(Tokens.none());
        assertThat(woken).containsExactly("growing", "growing");
        assertThat(told).isEmpty();
        assertThat(growing.reserve(500, () -> {})).isTrue();
        assertThat(told).containsExactly("room");
        assertThat(pool.hasRoom(CacheNeed.whole(1))).isTrue();
    }

    @Test
    void theOldestThatWaitsIsFirst() {
        Sequences.Lease first = growing();
        Sequences.Lease second = growing();
        Sequences.Lease whole = whole((int) (ROOM - 2 * GROWING - 1));
        assertThat(second.reserve(300, () -> woken.add("second"))).isFalse();
        assertThat(first.reserve(600, () -> woken.add("first"))).isFalse();
        whole.release(Tokens.none());
        assertThat(woken).containsExactly("first");
        assertThat(second.reserve(300, () -> {})).as("not its turn").isFalse();
        assertThat(first.reserve(600, () -> {})).isTrue();
        assertThat(woken).containsExactly("first", "second");
        assertThat(second.reserve(300, () -> {})).isTrue();
    }

    @Test
    void aSessionThatNeedsMoreThanThereIsGetsItWhenItIsTheOnlyOne() {
        Sequences.Lease first = growing();
        Sequences.Lease second = growing();
        assertThat(reserve(first, 2_000)).isTrue();
        assertThat(held(first, second)).containsExactly(true, false);
        assertThat(pool.hasRoom(CacheNeed.whole(1))).isFalse();
        first.release(Tokens.none());
        second.release(Tokens.none());
        assertThat(pool.hasRoom(CacheNeed.whole(2_000))).isTrue();
    }

    @Test
    void whoCanDoWithoutIsRefused() {
        whole(700);
        Sequences.Lease draft = pool.acquire(PROMPT, Optional.empty(), CacheNeed.expendable(PROMPT));
        assertThatThrownBy(() -> reserve(draft, 400)).isInstanceOf(OverloadedException.class);
        assertThat(pool.report().waiting()).isZero();
    }

    @Test
    void whoHasWaitedTooLongIsTold() {
        SequencePool impatient = new SequencePool(HashModel.endless(5_000), ROOM, 8, ROOM, Duration.ZERO);
        impatient.acquire(PROMPT, Optional.empty(), CacheNeed.whole(700));
        Sequences.Lease lease = impatient.acquire(PROMPT, Optional.empty(), new CacheNeed(266, true));
        assertThat(reserve(lease, 400)).isFalse();
        assertThatThrownBy(() -> reserve(lease, 400))
                .isInstanceOf(OverloadedException.class)
                .hasMessageContaining("try again");
        assertThat(impatient.report().waiting()).isZero();
    }

    @Test
    void whoLeavesLetsTheNextOneOn() {
        Sequences.Lease first = growing();
        Sequences.Lease second = growing();
        whole((int) (ROOM - 2 * GROWING - 1));
        assertThat(first.reserve(900, () -> woken.add("first"))).isFalse();
        assertThat(second.reserve(300, () -> woken.add("second"))).isFalse();
        first.release(Tokens.none());
        assertThat(woken).containsExactly("second");
        second.release(Tokens.none());
        assertThat(pool.report().waiting()).isZero();
    }

    private Sequences.Lease growing() {
        return pool.acquire(PROMPT, Optional.empty(), new CacheNeed(266, true));
    }

    private Sequences.Lease whole(int tokens) {
        return pool.acquire(PROMPT, Optional.empty(), CacheNeed.whole(tokens));
    }

    private boolean reserve(Sequences.Lease lease, int tokens) {
        return lease.reserve(tokens, () -> woken.add("second"));
    }

    private static List<Boolean> held(Sequences.Lease... leases) {
        return List.of(leases).stream().map(Sequences.Lease::isHeld).toList();
    }
}
