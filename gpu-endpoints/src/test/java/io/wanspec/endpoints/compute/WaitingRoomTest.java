package io.wanspec.endpoints.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.twin.HashModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
    private static final CallerId ANNA = CallerId.of("anna");
    private static final CallerId BEN = CallerId.of("ben");
    private static final SessionId REQUEST = new SessionId("request");

    private static final CacheNeed NEED = CacheNeed.whole(2);

    private final AtomicLong clock = new AtomicLong(-5);
    private final SequencePool pool = new SequencePool(HashModel.endless(100), 0, 2);
    private final WaitingRoom room = new WaitingRoom(pool, 3, WaitingRoom.WAIT_MAX, clock::get);
    private final List<String> woken = new ArrayList<>();

    @Test
    void theCallerWithTheFewestSequencesIsNextAndThenWhoCameFirst() {
        Sequences.Lease first = admitted("a1", ANNA);
        Sequences.Lease second = admitted("a2", ANNA);
        assertThat(enter("a3", ANNA)).isNull();
        assertThat(enter("b1", BEN)).isNull();
        assertThat(enter("n1", null)).isNull();
        first.release(Tokens.none());
        assertThat(woken).containsExactly("b1");
        assertThat(enter("a3", ANNA)).as("not its turn").isNull();
        admitted("b1", BEN);
        second.release(Tokens.none());
        assertThat(woken).containsExactly("b1", "a3");
        admitted("a3", ANNA).release(Tokens.none());
        assertThat(woken).containsExactly("b1", "a3", "n1");
        admitted("n1", null);
    }

    @Test
    void aFullRoomRefusesAndOnlyThoseWhoAreNotInIt() {
        admitted("a1", ANNA);
        admitted("a2", ANNA);
        for (String name : List.of("b1", "b2", "b3")) {
            assertThat(enter(name, BEN)).isNull();
        }
        assertThatThrownBy(() -> enter("b4", BEN)).isInstanceOf(OverloadedException.class);
        assertThat(enter("b3", BEN)).isNull();
    }

    @Test
    void whoHasWaitedTooLongIsTold() {
        var impatient = new WaitingRoom(pool, 3, Duration.ZERO, clock::get);
        assertThat(impatient.enter("a1", () -> {}, new Guest(ANNA, null, false), Tokens.of(1), NEED))
                .isNotNull();
        assertThat(impatient.enter("a2", () -> {}, new Guest(ANNA, null, false), Tokens.of(1), NEED))
                .isNotNull();
        assertThatThrownBy(() -> impatient.enter("b1", () -> {}, new Guest(BEN, null, false), Tokens.of(1), NEED))
                .isInstanceOf(OverloadedException.class)
                .hasMessageContaining("try again");
        impatient.leave("b1");
    }

    @Test
    void whoLeavesWhenItIsItsTurnLetsTheNextOneIn() {
        Sequences.Lease first = admitted("a1", ANNA);
        admitted("a2", ANNA);
        assertThat(enter("b1", BEN)).isNull();
        assertThat(enter("b2", BEN)).isNull();
        first.release(Tokens.none());
        first.release(Tokens.none());
        room.leave("b1");
        room.leave("b1");
        assertThat(woken).containsExactly("b1", "b2");
        assertThat(enter("late", null)).as("overtakes nobody").isNull();
        admitted("b2", BEN);
    }

    /** Its link broke while it waited. */
    @Test
    void whoComesAgainKeepsItsPlace() {
        Sequences.Lease first = admitted("a1", ANNA);
        admitted("a2", ANNA);
        assertThat(enter("b1", BEN, REQUEST)).isNull();
        assertThat(enter("b2", BEN, new SessionId("other"))).isNull();
        room.leave("b1");
        assertThat(enter("n1", null, REQUEST)).as("of another caller").isNull();
        assertThat(enter("b1, again", BEN, REQUEST)).isNull();
        first.release(Tokens.none());
        assertThat(woken).containsExactly("b1, again");
    }

    /** Its link broke in the midst of its answer. */
    @Test
    void whoWasLetInBeforeIsBeforeThoseWhoHaveWaitedSince() {
        admitted("a1", ANNA);
        Sequences.Lease broken = Objects.requireNonNull(enter("b1", BEN, REQUEST));
        assertThat(enter("b2", BEN)).isNull();
        broken.release(Tokens.none());
        assertThat(woken).containsExactly("b2");
        assertThat(enter("b1, again", BEN, REQUEST)).isNotNull();
        assertThat(enter("b2", BEN)).as("its turn has not come yet").isNull();
    }

    @Test
    void aFullRoomLetsThoseInWhoHaveHadAPlaceWithinABound() {
        admitted("a1", ANNA);
        Objects.requireNonNull(enter("b1", BEN, REQUEST));
        for (String name : List.of("b2", "b3", "b4")) {
            assertThat(enter(name, BEN)).isNull();
        }
        assertThatThrownBy(() -> enter("b5", BEN, new SessionId("new"))).isInstanceOf(OverloadedException.class);
        for (String name : List.of("again", "and again", "once more")) {
            assertThat(enter(name, BEN, REQUEST)).isNull();
        }
        assertThatThrownBy(() -> enter("too often", BEN, REQUEST)).isInstanceOf(OverloadedException.class);
    }

    /** This server was started again, and knows nobody. */
    @Test
    void whoHasSomeOfItsTextIsBeforeNewcomersOfItsCaller() {
        Sequences.Lease first = admitted("a1", ANNA);
        Sequences.Lease second = admitted("a2", ANNA);
        for (String name : List.of("b1", "b2", "b3")) {
            assertThat(enter(name, BEN)).isNull();
        }
        assertThat(come("begun", new Guest(BEN, REQUEST, true)))
                .as("the room is full for newcomers")
                .isNull();
        first.release(Tokens.none());
        assertThat(woken).containsExactly("begun");
        Objects.requireNonNull(come("begun", new Guest(BEN, REQUEST, true)));
        second.release(Tokens.none());
        assertThat(woken).containsExactly("begun", "b1");
    }

    @Test
    void placesAreForgottenAfterAWhileAndBounded() {
        var places = new Places();
        assertThat(places.since(BEN, REQUEST, 7)).isEqualTo(7);
        assertThat(places.since(BEN, REQUEST, 7 + Places.KEPT_NANOS)).isEqualTo(7);
        assertThat(places.since(BEN, REQUEST, 8 + Places.KEPT_NANOS)).isEqualTo(8 + Places.KEPT_NANOS);
        for (int i = 0; i < 3 * Places.MAX; i++) {
            var _ = places.since(ANNA, new SessionId("r" + i), i);
        }
        assertThat(places.size()).isEqualTo(Places.MAX);
        assertThat(places.knows(BEN, REQUEST, 9 + Places.KEPT_NANOS)).isFalse();
        assertThat(places.since(null, null, 3)).isEqualTo(3);
    }

    private Sequences.Lease admitted(String name, @Nullable CallerId caller) {
        return Objects.requireNonNull(enter(name, caller), name);
    }

    private Sequences.@Nullable Lease enter(String name, @Nullable CallerId caller) {
        return enter(name, caller, null);
    }

    private Sequences.@Nullable Lease enter(String name, @Nullable CallerId caller, @Nullable SessionId request) {
        return come(name, new Guest(caller, request, false));
    }

    private Sequences.@Nullable Lease come(String name, Guest guest) {
        clock.incrementAndGet();
        return room.enter(name, () -> woken.add(name), guest, Tokens.of(1), NEED);
    }
}
