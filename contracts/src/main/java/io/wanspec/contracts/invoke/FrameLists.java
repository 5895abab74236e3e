package io.wanspec.contracts.invoke;

import io.wanspec.contracts.LinkId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of the frames of one call. */
final class FrameLists {
    /** As many as a server keeps for one link before it looks at them. */
    static final int FRAMES_MAX = 64;

    private FrameLists() {}

    static List<FrameJson> checked(@Nullable LinkId link, @Nullable List<FrameJson> frames) {
        if (link == null || frames == null) {
            throw new IllegalArgumentException("a call of a link names the link and its frames");
        }
        if (frames.size() > FRAMES_MAX) {
            throw new IllegalArgumentException("a call carries at most " + FRAMES_MAX + " frames");
        }
        return List.copyOf(frames);
    }
}
