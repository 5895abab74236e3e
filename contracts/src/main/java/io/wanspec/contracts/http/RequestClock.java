package io.wanspec.contracts.http;

import java.util.OptionalLong;

/**
 * Until when the next request of one connection must be whole. It stands still while an answer is due that must be sent before: a client
 * that waits may be silent. Times are nanoseconds of one clock, which is the caller's. What comes in one read with the end of the request
 * before is not told apart from it: it counts from the next bytes on, or as silence.
 */
public final class RequestClock {
    private enum Stage {
        NEW,
        IDLE,
        HEAD,
        BODY
    }

    private static final long SECOND = 1_000_000_000L;

    private final ConnectionLimits limits;
    private Stage stage = Stage.NEW;
    private long since;
    private long bodyBytes;
    private int unanswered;

    public RequestClock(ConnectionLimits limits, long now) {
        this.limits = limits;
        since = now;
    }

    /**
     * Before what they make whole is told of.
     *
     * @param lineEnds whether they are nothing else; old clients send them behind a body, and they begin nothing (RFC 9112, 2.2)
     */
    public void bytes(int count, boolean lineEnds, long now) {
        if (stage == Stage.BODY) {
            bodyBytes += count;
        } else if (stage != Stage.HEAD && !lineEnds) {
            begin(Stage.HEAD, now);
        }
    }

    public void headersCame(long now) {
        begin(Stage.BODY, now);
        bodyBytes = 0;
        unanswered++;
    }

    public void bodyCame(long now) {
        begin(Stage.IDLE, now);
    }

    /** An answer has ended. What came of the next request meanwhile was not asked for. */
    public void answered(long now) {
        unanswered--;
        since = now;
    }

    private void begin(Stage next, long now) {
        stage = next;
        since = now;
    }

    /** Absent while the connection waits for this side. */
    public OptionalLong deadline() {
        int due = unanswered - (stage == Stage.BODY ? 1 : 0);
        return due > 0 ? OptionalLong.empty() : OptionalLong.of(since + patience());
    }

    private long patience() {
        return switch (stage) {
            case NEW, HEAD -> limits.head().toNanos();
            case IDLE -> limits.idle().toNanos();
            case BODY -> limits.body().toNanos() + bodyBytes * SECOND / ConnectionLimits.BODY_BYTES_PER_SECOND_MIN;
        };
    }

    /** Whether part of a request came that has no answer: its client may read why. Another's would be taken for that of its next request. */
    public boolean hasBegun() {
        return stage == Stage.HEAD || (stage == Stage.BODY && unanswered > 0);
    }
}
