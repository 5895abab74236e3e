package io.wanspec.endpoints.draft;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.frame.DraftFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Guesses that the socket has not taken yet; consecutive ones become one frame. */
final class Outbox {
    private final Deque<DraftFrame.Drafted> frames = new ArrayDeque<>();
    private int tokens;

    void add(DraftFrame.Drafted frame) {
        DraftFrame.Drafted last = frames.peekLast();
        tokens += frame.tokens().size();
        if (last != null && continues(last, frame)) {
            frames.removeLast();
            frames.add(joined(last, frame));
        } else {
            frames.add(frame);
        }
    }

    DraftFrame.@Nullable Drafted poll() {
        DraftFrame.Drafted frame = frames.poll();
        if (frame != null) {
            tokens -= frame.tokens().size();
        }
        return frame;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Whether drafting should wait until the peer has taken some. */
    boolean isFull() {
        return tokens >= Limits.DRAFTED_TOKENS_MAX;
    }

    private static boolean continues(DraftFrame.Drafted last, DraftFrame.Drafted frame) {
        int size = last.tokens().size();
        return frame.position() == last.position() + size
                && size + frame.tokens().size() <= Limits.DRAFTED_TOKENS_MAX
                && frame.branch().equals(last.branch().then(last.tokens()));
    }

    private static DraftFrame.Drafted joined(DraftFrame.Drafted last, DraftFrame.Drafted frame) {
        List<Integer> entropies = new ArrayList<>(last.entropiesMilliNats());
        entropies.addAll(frame.entropiesMilliNats());
        return new DraftFrame.Drafted(
                last.position(),
                last.branch(),
                last.tokens().plus(frame.tokens()),
                entropies,
                last.passes() + frame.passes(),
                last.passMicros() + frame.passMicros());
    }
}
