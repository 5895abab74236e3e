package io.wanspec.functions.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.timeline.FrameDirection;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.contracts.timeline.TokenSource;
import io.wanspec.functions.access.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class RecentTimelinesTest {
    private static final TimelineEvent.Stall EVENT = new TimelineEvent.Stall(2, 1);

    @Test
    void aLogIsBoundedButForItsEnd() {
        var log = new TimelineLog(Ownership.nobody());
        int taken = 0;
        while (log.add(EVENT)) {
            taken++;
        }
        assertThat(log.bytes()).isLessThanOrEqualTo(TimelineLog.BYTES_MAX);
        assertThat(log.from(0)).hasSize(taken);
        assertThat(log.isEnded()).isFalse();
        assertThat(log.add(new TimelineEvent.End(3, "stop", null, new TimelineEvent.Sources(0, 0, 0, 0), null, 1)))
                .isTrue();
        assertThat(log.isEnded()).isTrue();
        assertThat(log.from(taken)).hasSize(1);
        assertThat(log.from(taken + 9)).isEmpty();
    }

    /** However many frames there are, and however long: as much room again is the passes'. */
    @Test
    void framesHaveHalfOfTheRoom() {
        var log = new TimelineLog(Ownership.nobody());
        while (log.add(frame(1))) {}
        int ofFrames = log.bytes();
        assertThat(ofFrames).isPositive().isLessThanOrEqualTo(TimelineLog.FRAME_BYTES_MAX);
        while (log.add(EVENT)) {}
        assertThat(log.bytes() - ofFrames).isGreaterThan(TimelineLog.BYTES_MAX / 2 - 100);
        assertThat(log.bytes()).isLessThanOrEqualTo(TimelineLog.BYTES_MAX);
    }

    @Test
    void theOldestThatHaveEndedGoFirst() {
        var recent = new RecentTimelines(4 * bytes());
        for (int i = 0; i < 6; i++) {
            TimelineLog log = recent.begin(new SessionId("s" + i), Ownership.nobody());
            log.add(EVENT);
            if (i != 0) {
                log.end();
            }
        }
        recent.trim();
        assertThat(kept(recent)).containsExactly(0, 3, 4, 5);

        for (int i = 6; i < 9; i++) {
            recent.begin(new SessionId("s" + i), Ownership.nobody()).add(EVENT);
        }
        recent.trim();
        assertThat(kept(recent)).containsExactly(0, 6, 7, 8);
        recent.begin(new SessionId("s9"), Ownership.nobody()).add(EVENT);
        recent.trim();
        assertThat(kept(recent)).containsExactly(6, 7, 8, 9);
    }

    @Test
    void aBoundOfNothingKeepsNothing() {
        var recent = new RecentTimelines(0);
        recent.begin(new SessionId("s1"), Ownership.nobody()).add(EVENT);
        recent.trim();
        assertThat(recent.find(new SessionId("s1"))).isEmpty();
    }

    /** What does not compress is kept without its frames, or not at all. */
    @Test
    void whatIsKeptFits() {
        Random random = new Random(1);
        List<byte[]> frames = lines(4_000, () -> frame(random.nextDouble()));
        List<byte[]> stalls = lines(200, () -> new TimelineEvent.Stall(random.nextDouble(), random.nextDouble()));
        List<byte[]> both = new ArrayList<>(stalls);
        both.addAll(frames);
        assertThat(JsonLines.compressed(stalls).map(JsonLines::expanded))
                .hasValueSatisfying(kept -> assertThat(kept).isEqualTo(JsonLines.joined(stalls)));
        assertThat(JsonLines.compressed(both).map(JsonLines::expanded))
                .hasValueSatisfying(kept -> assertThat(kept).isEqualTo(JsonLines.joined(stalls)));
        assertThat(JsonLines.compressed(
                        lines(20_000, () -> new TimelineEvent.Stall(random.nextDouble(), random.nextDouble()))))
                .isEmpty();
    }

    private static TimelineEvent frame(double t) {
        return new TimelineEvent.Frame(
                t, "eu", TokenSource.REMOTE, FrameDirection.IN, "drafted", true, 100, t, 1, 1, 1, 1, 1, 1, 1, t);
    }

    private static List<byte[]> lines(int count, Supplier<TimelineEvent> events) {
        var log = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            var one = new TimelineLog(Ownership.nobody());
            one.add(events.get());
            log.addAll(one.from(0));
        }
        return log;
    }

    private static List<Integer> kept(RecentTimelines recent) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            if (recent.find(new SessionId("s" + i)).isPresent()) {
                kept.add(i);
            }
        }
        return kept;
    }

    private static long bytes() {
        var log = new TimelineLog(Ownership.nobody());
        log.add(EVENT);
        return log.bytes();
    }
}
