package io.wanspec.functions.link;

import io.wanspec.contracts.Limits;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Puts a frame together that arrives in parts: every part but the last says that it is partial. */
final class PartAssembler {
    private static final String PARTIAL = "PARTIAL";

    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();

    /**
     * Takes one part.
     *
     * @param completionState the part's header; absent means that the part is a frame of its own or a frame's last
     * @return the frame, if it is complete
     * @throws IllegalArgumentException if the frame grows beyond the limit
     */
    byte @Nullable [] take(byte[] part, @Nullable String completionState) {
        if (gathered.size() + (long) part.length > Limits.FRAME_BYTES_MAX) {
            throw new IllegalArgumentException("a frame in parts exceeds " + Limits.FRAME_BYTES_MAX + " bytes");
        }
        boolean partial = PARTIAL.equals(completionState);
        if (!partial && gathered.size() == 0) {
            return part;
        }
        gathered.writeBytes(part);
        if (partial) {
            return null;
        }
        byte[] frame = gathered.toByteArray();
        gathered.reset();
        return frame;
    }
}
