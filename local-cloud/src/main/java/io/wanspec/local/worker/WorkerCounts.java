package io.wanspec.local.worker;

import io.wanspec.contracts.frame.DraftFrame;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What a worker has done since it began. Any thread may use it. */
final class WorkerCounts {
    private static final int PASSES_KEPT = 255;

    private final long[] passMicros = new long[PASSES_KEPT];
    private int passes;
    private long sessions;
    private long drafts;
    private long judged;
    private long right;
    private long bytes;

    synchronized void session() {
        sessions++;
    }

    synchronized void bytes(int more) {
        bytes += more;
    }

    synchronized void drafted(DraftFrame.Drafted frame) {
        drafts += frame.size();
        if (frame.passes() > 0) {
            passMicros[passes % PASSES_KEPT] = frame.passMicros() / frame.passes();
            passes++;
        }
    }

    synchronized void judged(SessionPicture.Judged more) {
        judged += more.drafts();
        right += more.right();
    }

    /** The median of the last ones. */
    synchronized Optional<Duration> pass() {
        int known = Math.min(passes, PASSES_KEPT);
        if (known == 0) {
            return Optional.empty();
        }
        long[] sorted = Arrays.copyOf(passMicros, known);
        Arrays.sort(sorted);
        return Optional.of(Duration.ofNanos(sorted[known / 2] * 1_000));
    }

    synchronized WorkerReport report(String state, int slots, int busy, Optional<Duration> toRelay) {
        return new WorkerReport(state, slots, busy, sessions, drafts, judged, right, bytes, pass(), toRelay);
    }
}
