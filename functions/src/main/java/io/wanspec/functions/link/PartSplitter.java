package io.wanspec.functions.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a frame into parts that an event stream carries well, never inside a UTF-8 sequence. */
final class PartSplitter {
    /** Half of the largest part that hosted runtimes are documented to take elsewhere; only long prompts reach it. */
    static final int PART_BYTES_MAX = 256 * 1024;

    private PartSplitter() {}

    static List<byte[]> split(byte[] frame) {
        if (frame.length <= PART_BYTES_MAX) {
            return List.of(frame);
        }
        List<byte[]> parts = new ArrayList<>();
        int from = 0;
        while (from < frame.length) {
            int to = boundary(frame, from);
            parts.add(Arrays.copyOfRange(frame, from, to));
            from = to;
        }
        return parts;
    }

    private static int boundary(byte[] frame, int from) {
        int to = Math.min(frame.length, from + PART_BYTES_MAX);
        while (to < frame.length && isContinuation(frame[to])) {
            to--;
        }
        return to;
    }

    private static boolean isContinuation(byte unit) {
        return (unit & 0xC0) == 0x80;
    }
}
