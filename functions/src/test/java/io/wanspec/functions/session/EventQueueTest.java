package io.wanspec.functions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.controller.Event;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class EventQueueTest {
    private static final DraftFrame.Drafted DRAFTED = DraftFrame.Drafted.single(1, Branch.ROOT, 1, 0, 0, 1, 1, 1);

    private final EventQueue events = new EventQueue(2);

    @Test
    void draftsAreDroppedWhenItIsFullAndNothingElseIs() throws Exception {
        for (int i = 0; i < 5; i++) {
            events.post(now -> new Event.WorkerDrafted(now, new WorkerId("w"), DRAFTED), () -> true);
        }
        assertThat(events.post(Event.ClientGone::new, () -> true)).isTrue();

        assertThat(events.dropped()).isEqualTo(3);
        assertThat(events.next(OptionalLong.empty())).isInstanceOf(Event.WorkerDrafted.class);
        assertThat(events.next(OptionalLong.empty())).isInstanceOf(Event.WorkerDrafted.class);
        assertThat(events.next(OptionalLong.empty())).isInstanceOf(Event.ClientGone.class);
    }

    @Test
    void whatALinkSaysAfterItWasClosedIsNotHeard() throws Exception {
        events.post(Event.ClientGone::new, () -> false);
        events.post(now -> new Event.TargetLost(now, "gone", true), () -> true);

        assertThat(events.next(OptionalLong.empty())).isInstanceOf(Event.TargetLost.class);
    }

    @Test
    void timesNeverDecreaseAndAWakeUpIsNotHeldUpByLaterEvents() throws Exception {
        long before = System.nanoTime();
        events.post(Event.ClientGone::new, () -> true);

        Event woken = events.next(OptionalLong.of(before));
        Event gone = events.next(OptionalLong.empty());

        assertThat(woken).isInstanceOf(Event.Woken.class);
        assertThat(gone.atNanos()).isGreaterThanOrEqualTo(woken.atNanos());
        assertThat(events.next(OptionalLong.of(System.nanoTime() + 1_000_000)).atNanos())
                .isGreaterThanOrEqualTo(gone.atNanos());
    }
}
