package io.wanspec.endpoints.draft;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.frame.DraftFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Draft tokens that the socket has not taken yet; as many as fit become one frame. */
final class Outbox {
    private final Deque<DraftFrame.Drafted> frames = new ArrayDeque<>();
    private int prefixes;

    void add(DraftFrame.Drafted frame) {
        DraftFrame.Drafted last = frames.peekLast();
        prefixes += frame.size();
        if (last != null && last.size() + frame.size() <= Limits.DRAFTED_PREFIXES_MAX) {
            frames.removeLast();
            frames.add(joined(last, frame));
        } else {
            frames.add(frame);
        }
    }

    DraftFrame.@Nullable Drafted poll() {
        DraftFrame.Drafted frame = frames.poll();
        if (frame != null) {
            prefixes -= frame.size();
        }
        return frame;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Whether drafting should wait until the peer has taken some. */
    boolean isFull() {
        return prefixes >= Limits.DRAFTED_PREFIXES_MAX;
    }

    private static DraftFrame.Drafted joined(DraftFrame.Drafted one, DraftFrame.Drafted other) {
        List<Branch> branches = new ArrayList<>(one.branches());
        branches.addAll(other.branches());
        return new DraftFrame.Drafted(
                joined(one.positions(), other.positions()),
                branches,
                joined(one.entropiesMilliNats(), other.entropiesMilliNats()),
                joined(one.counts(), other.counts()),
                one.candidates().plus(other.candidates()),
                joined(one.surprisalsMilliNats(), other.surprisalsMilliNats()),
                other.committed(),
                one.passes() + other.passes(),
                one.passMicros() + other.passMicros());
    }

    private static Ints joined(Ints one, Ints other) {
        return Ints.of(IntStream.concat(IntStream.of(one.toArray()), IntStream.of(other.toArray()))
                .toArray());
    }
}
