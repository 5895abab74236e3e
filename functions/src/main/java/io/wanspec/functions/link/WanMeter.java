package io.wanspec.functions.link;

import java.util.concurrent.atomic.AtomicLong;

/** Counts encoded bytes of one session's frames that crossed a region's edge, both directions. */
public final class WanMeter {
    private final AtomicLong bytes = new AtomicLong();

    public void add(int frameBytes) {
        bytes.addAndGet(frameBytes);
    }

    public long bytes() {
        return bytes.get();
    }
}
