package io.wanspec.functions.timeline;

import io.wanspec.contracts.timeline.TimelineCodec;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.functions.access.Ownership;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The timeline of one session, as lines of JSON. Written by the session's thread, read by any. */
public final class TimelineLog {
    /** Of a log; room for the end is kept beside it. */
    static final int BYTES_MAX = 512 * 1024;

    /** Of its frames, so that however many there are they do not push the passes out. */
    static final int FRAME_BYTES_MAX = BYTES_MAX / 2;

    private final Ownership owner;
    private final List<byte[]> lines = new ArrayList<>();
    private int bytes;
    private int frameBytes;
    private boolean ended;
    private boolean left;

    /** @param owner to whom the session belongs */
    TimelineLog(Ownership owner) {
        this.owner = owner;
    }

    Ownership owner() {
        return owner;
    }

    /** @return whether there was room */
    synchronized boolean add(TimelineEvent event) {
        byte[] line = TimelineCodec.encode(event).getBytes(StandardCharsets.UTF_8);
        boolean last = event instanceof TimelineEvent.End;
        int ofFrames = frameBytes + (event instanceof TimelineEvent.Frame ? line.length : 0);
        if (!last && (bytes + line.length > BYTES_MAX || ofFrames > FRAME_BYTES_MAX)) {
            return false;
        }
        lines.add(line);
        bytes += line.length;
        frameBytes = ofFrames;
        ended |= last;
        return true;
    }

    /** The events from this one on. */
    public synchronized List<byte[]> from(int event) {
        return List.copyOf(lines.subList(Math.min(event, lines.size()), lines.size()));
    }

    synchronized int bytes() {
        return bytes;
    }

    /** Nothing more comes. */
    synchronized void end() {
        ended = true;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** Another function goes on with the session, and has the rest. */
    synchronized void leave() {
        left = true;
    }

    synchronized boolean isLeft() {
        return left;
    }
}
