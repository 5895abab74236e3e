package io.wanspec.simulator.world;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import java.util.stream.LongStream;

/** Bytes of an encoded frame, without encoding the frequent ones. */
final class FrameSize {
    private static final int BRANCH_BYTES = 16;
    private static final int DIGITS_MAX = 19;
    private static final String DRAFTED =
            "{\"type\":\"drafted\",\"positions\":,\"branches\":[],\"entropiesMilliNats\":,"
                    + "\"counts\":,\"candidates\":,\"surprisalsMilliNats\":,\"committed\":,\"passes\":,\"passMicros\":}";
    private static final String ADVANCE = "{\"type\":\"advance\",\"position\":,\"branch\":\"\",\"committed\":,\"plan\":"
            + "{\"draftUpTo\":,\"passNodes\":,\"candidates\":,\"floorMilliNats\":,"
            + "\"share\":,\"shares\":}}";

    private static final long[] POWERS =
            LongStream.iterate(1, power -> power * 10).limit(DIGITS_MAX).toArray();

    private FrameSize() {}

    static int of(DraftFrame frame) {
        return switch (frame) {
            case DraftFrame.Drafted drafted -> of(drafted);
            case DraftFrame.Advance advance -> of(advance);
            case DraftFrame.Open open -> FrameCodec.encode(open).length;
            case DraftFrame.Ready ready -> FrameCodec.encode(ready).length;
            case DraftFrame.Expand expand -> FrameCodec.encode(expand).length;
            case DraftFrame.Refused refused -> FrameCodec.encode(refused).length;
        };
    }

    private static int of(DraftFrame.Drafted frame) {
        return DRAFTED.length()
                + list(frame.positions())
                + frame.size() * (BRANCH_BYTES + 2)
                + frame.size()
                - 1
                + list(frame.entropiesMilliNats())
                + list(frame.counts())
                + list(frame.candidates())
                + list(frame.surprisalsMilliNats())
                + digits(frame.committed())
                + digits(frame.passes())
                + digits(frame.passMicros());
    }

    private static int of(DraftFrame.Advance frame) {
        return ADVANCE.length()
                + digits(frame.position())
                + BRANCH_BYTES
                + list(frame.committed())
                + digits(frame.plan().draftUpTo())
                + digits(frame.plan().passNodes())
                + digits(frame.plan().candidates())
                + digits(frame.plan().floorMilliNats())
                + digits(frame.plan().share())
                + digits(frame.plan().shares());
    }

    private static int list(Ints values) {
        int size = 2 + Math.max(0, values.size() - 1);
        for (int i = 0; i < values.size(); i++) {
            size += digits(values.get(i));
        }
        return size;
    }

    private static int list(Tokens values) {
        int size = 2 + Math.max(0, values.size() - 1);
        for (int i = 0; i < values.size(); i++) {
            size += digits(values.get(i));
        }
        return size;
    }

    private static int digits(long value) {
        return value < 0 ? 1 + digits(-value) : digitsOf(value);
    }

    /** The logarithm to base 10 from the one to base 2, 1233 / 4096 being log10(2), put right where it falls short. */
    private static int digitsOf(long value) {
        int most = ((Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233) >> 12;
        return value < POWERS[most] ? Math.max(1, most) : most + 1;
    }
}
