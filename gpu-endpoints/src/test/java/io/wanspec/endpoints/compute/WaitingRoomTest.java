package io.wanspec.endpoints.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.twin.HashModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
    private static final CallerId ANNA = CallerId.of("anna");
    private static final CallerId BEN = CallerId.of("ben");

    private final SequencePool pool = new SequencePool(HashModel.endless(100), 0, 2);
    private final WaitingRoom room = new WaitingRoom(pool, 3);
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
        var impatient = new WaitingRoom(pool, 3, Duration.ZERO);
        assertThat(impatient.enter("a1", () -> {}, ANNA, Tokens.of(1))).isNotNull();
        assertThat(impatient.enter("a2", () -> {}, ANNA, Tokens.of(1))).isNotNull();
        assertThatThrownBy(() -> impatient.enter("b1", () -> {}, BEN, Tokens.of(1)))
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

    private Sequences.Lease admitted(String name, @Nullable CallerId caller) {
        return Objects.requireNonNull(enter(name, caller), name);
    }

    private Sequences.@Nullable Lease enter(String name, @Nullable CallerId caller) {
        return room.enter(name, () -> woken.add(name), caller, Tokens.of(1));
    }
}
