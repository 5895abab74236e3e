package io.wanspec.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Writes of many sessions in virtual time. */
final class WriteQueueTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long STEP = Duration.ofMillis(1).toNanos();
    private static final int PER_SECOND = 20;
    private static final int BURST = PER_SECOND / 10;
    private static final int AT_ONCE = 4;

    /** Sessions that would like to write all the time. */
    private static final class Crowd {
        private final WriteQueue queue = new WriteQueue(PER_SECOND, AT_ONCE);
        private final WriteQueue.@Nullable Place[] places;
        private final long[] writtenAt;
        private final int[] writes;
        private final List<Long> grants = new ArrayList<>();
        private long longestWithoutWrite;

        Crowd(int sessions) {
            places = new WriteQueue.Place[sessions];
            writtenAt = new long[sessions];
            writes = new int[sessions];
        }

        void run(Duration time, int greedy) {
            for (long now = 0; now < time.toNanos(); now += STEP) {
                for (int i = 0; i < places.length; i++) {
                    step(i, now, i < greedy);
                }
            }
        }

        /** A greedy one waits for its turn at once, others when their lease is to be renewed. */
        private void step(int i, long now, boolean greedy) {
            long urgentAt = writtenAt[i] + Lease.RENEWED_AFTER.toNanos();
            WriteQueue.Place place = places[i];
            if (place == null && (greedy || now >= urgentAt)) {
                place = queue.join(urgentAt, true);
                places[i] = place;
            }
            if (place != null && queue.take(place, now)) {
                queue.done(place);
                places[i] = null;
                longestWithoutWrite = Math.max(longestWithoutWrite, now - writtenAt[i]);
                writtenAt[i] = now;
                writes[i]++;
                grants.add(now);
            }
        }
    }

    @Test
    void noSecondHasMoreWritesThanAllowedAndABurst() {
        var crowd = new Crowd(64);
        crowd.run(Duration.ofSeconds(30), 64);

        for (int i = 0; i < crowd.grants.size(); i++) {
            long from = crowd.grants.get(i);
            long inTheSecond = crowd.grants.stream()
                    .filter(at -> at >= from && at < from + SECOND)
                    .count();
            assertThat(inTheSecond).isLessThanOrEqualTo(PER_SECOND + BURST);
        }
        assertThat(crowd.grants.size()).as("and none is wasted").isGreaterThanOrEqualTo(30 * PER_SECOND - 1);
    }

    @Test
    void whereItIsTightAllSessionsHaveTheSameShare() {
        var crowd = new Crowd(37);
        crowd.run(Duration.ofSeconds(60), 37);

        int most = Arrays.stream(crowd.writes).max().orElseThrow();
        int least = Arrays.stream(crowd.writes).min().orElseThrow();
        assertThat(most - least).isLessThanOrEqualTo(1);
    }

    @Test
    void leasesAreRenewedInTimeHoweverMuchOthersWouldWrite() {
        // Twenty sessions that write all they can, forty that have nothing to write but their leases.
        var crowd = new Crowd(60);
        crowd.run(Duration.ofMinutes(2), 20);

        assertThat(Duration.ofNanos(crowd.longestWithoutWrite)).isLessThan(Lease.DURATION);
    }

    @Test
    void whatAClientWaitsForGoesFirst() {
        var queue = new WriteQueue(1, AT_ONCE);
        var early = queue.join(Long.MAX_VALUE, true);
        var overdue = queue.join(5, true);
        var first = queue.join(Long.MIN_VALUE, true);

        assertThat(queue.take(early, 10)).isFalse();
        assertThat(queue.take(overdue, 10)).isFalse();
        assertThat(queue.take(first, 10)).isTrue();
        assertThat(queue.take(overdue, 10)).as("one a second").isFalse();
        assertThat(queue.take(early, SECOND + 10)).isFalse();
        assertThat(queue.take(overdue, SECOND + 10)).isTrue();
        queue.leave(early);
        assertThat(queue.take(queue.join(Long.MAX_VALUE, true), 2 * SECOND + 10))
                .isTrue();
    }

    @Test
    void whatHasNoLeaseLeavesHalfOfTheCallsAtOnceToOthers() {
        var queue = new WriteQueue(1_000, AT_ONCE);
        for (int i = 0; i < AT_ONCE / 2; i++) {
            assertThat(queue.take(queue.join(0, false), i * SECOND)).isTrue();
        }
        var third = queue.join(0, false);
        assertThat(queue.take(third, 10 * SECOND)).isFalse();
        var leased = queue.join(9 * SECOND, true);
        assertThat(queue.take(leased, 10 * SECOND)).isTrue();
        assertThat(queue.take(queue.join(0, true), 11 * SECOND)).isTrue();
        assertThat(queue.take(queue.join(0, true), 12 * SECOND))
                .as("all are under way")
                .isFalse();
    }
}
