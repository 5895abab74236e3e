package io.wanspec.endpoints.compute;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Frames that a session's socket has received and the compute thread has not yet taken; bounded. */
public final class FrameQueue<F> {
    /** Far more than an honest peer has under way: a verification at a time, or an advance for each. */
    private static final int FRAMES_MAX = 64;

    private final Queue<F> frames = new ArrayDeque<>();

    /** @return false if it is full */
    public synchronized boolean offer(F frame) {
        return frames.size() < FRAMES_MAX && frames.add(frame);
    }

    public synchronized @Nullable F poll() {
        return frames.poll();
    }

    public synchronized boolean isEmpty() {
        return frames.isEmpty();
    }
}
