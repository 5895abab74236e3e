package io.wanspec.controller.timeline;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.timeline.FrameDirection;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.contracts.timeline.TokenSource;
import org.jspecify.annotations.Nullable;

/** Frames of draft links as events. */
final class FrameEvents {
    private static final double MICROS_PER_MS = 1e3;

    private final TimelineEvent.Begin session;

    FrameEvents(TimelineEvent.Begin session) {
        this.session = session;
    }

    TokenSource place(WorkerId worker) {
        return session.isRemote(worker.value()) ? TokenSource.REMOTE : TokenSource.BUSY;
    }

    TimelineEvent of(double t, WorkerId worker, DraftFrame frame) {
        return switch (frame) {
            case DraftFrame.Open open ->
                out(t, worker, frame, "open", open.prefix().size(), open.plan().draftUpTo(), null, null);
            case DraftFrame.Advance advance ->
                out(
                        t,
                        worker,
                        frame,
                        "advance",
                        advance.position() + advance.committed().size(),
                        advance.plan().draftUpTo(),
                        null,
                        null);
            case DraftFrame.Expand expand -> {
                int[] span = span(expand);
                yield out(t, worker, frame, "expand", expand.position(), null, span[0], span[1]);
            }
            case DraftFrame.Drafted drafted -> drafted(t, worker, drafted);
            case DraftFrame.Ready _ -> in(t, worker, frame, "ready", null, null, null, null, null, null, null);
            case DraftFrame.Refused _ -> in(t, worker, frame, "refused", null, null, null, null, null, null, null);
        };
    }

    private TimelineEvent drafted(double t, WorkerId worker, DraftFrame.Drafted frame) {
        int[] span = span(frame.positions());
        return in(
                t,
                worker,
                frame,
                "drafted",
                frame.committed(),
                span[0],
                span[1],
                frame.size(),
                frame.candidates().size(),
                frame.passes(),
                frame.passMicros() / MICROS_PER_MS);
    }

    private TimelineEvent out(
            double t,
            WorkerId worker,
            DraftFrame frame,
            String kind,
            Integer committed,
            @Nullable Integer upTo,
            @Nullable Integer from,
            @Nullable Integer to) {
        boolean wan = session.isRemote(worker.value());
        return new TimelineEvent.Frame(
                t,
                worker.value(),
                place(worker),
                FrameDirection.OUT,
                kind,
                wan,
                bytes(wan, frame),
                null,
                committed,
                upTo,
                from,
                to,
                null,
                null,
                null,
                null);
    }

    private TimelineEvent in(
            double t,
            WorkerId worker,
            DraftFrame frame,
            String kind,
            @Nullable Integer committed,
            @Nullable Integer from,
            @Nullable Integer to,
            @Nullable Integer prefixes,
            @Nullable Integer candidates,
            @Nullable Integer passes,
            @Nullable Double passMs) {
        boolean wan = session.isRemote(worker.value());
        return new TimelineEvent.Frame(
                t,
                worker.value(),
                place(worker),
                FrameDirection.IN,
                kind,
                wan,
                bytes(wan, frame),
                wan ? sent(t, worker) : null,
                committed,
                null,
                from,
                to,
                prefixes,
                candidates,
                passes,
                passMs);
    }

    private static @Nullable Integer bytes(boolean wan, DraftFrame frame) {
        return wan ? FrameCodec.encode(frame).length : null;
    }

    /** Half a round trip before, to the microsecond. */
    private @Nullable Double sent(double t, WorkerId worker) {
        Double roundTripMs = session.roundTripMs(worker.value());
        return roundTripMs == null
                ? null
                : Math.max(0, Math.round((t - roundTripMs / 2) * MICROS_PER_MS) / MICROS_PER_MS);
    }

    private static int[] span(Ints positions) {
        int from = Integer.MAX_VALUE;
        int to = 0;
        for (int i = 0; i < positions.size(); i++) {
            from = Math.min(from, positions.get(i));
            to = Math.max(to, positions.get(i));
        }
        return new int[] {from, to};
    }

    /** Of the tokens that are wanted. */
    private static int[] span(DraftFrame.Expand frame) {
        int from = Integer.MAX_VALUE;
        int to = 0;
        for (int i = 0; i < frame.wanted().size(); i++) {
            int position =
                    frame.position() + depth(frame.drafts(), frame.wanted().get(i));
            from = Math.min(from, position);
            to = Math.max(to, position);
        }
        return new int[] {from, to};
    }

    private static int depth(TokenTree tree, int node) {
        int depth = 0;
        for (int at = node; at != TokenTree.PREFIX; at = tree.parents().get(at)) {
            depth++;
        }
        return depth;
    }
}
