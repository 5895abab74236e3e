package io.wanspec.contracts.frame;

import io.wanspec.contracts.Limits;
import org.jspecify.annotations.Nullable;

/** Bytes that are no valid frame. The message may be shown to the peer. */
public final class FrameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private FrameException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static FrameException tooLarge(int bytes) {
        return new FrameException("frame of " + bytes + " bytes exceeds " + Limits.FRAME_BYTES_MAX, null);
    }

    static FrameException malformed(String detail, @Nullable Throwable cause) {
        return new FrameException("malformed frame: " + detail, cause);
    }
}
