package io.wanspec.emulator.toy;

import io.wanspec.contracts.LinkId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.invoke.FrameJson;
import io.wanspec.contracts.invoke.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Links without a stream of their own, to one container. */
final class ToyCalls implements AutoCloseable {
    private static final int ANSWER_SECONDS = 20;
    private static final int LOOK_MILLIS = 2;

    private final ToyModel model;
    private final Map<LinkId, Link> links = new ConcurrentHashMap<>();

    private static final class Link {
        private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
        private final ToyModel.Duplex duplex;
        private final AtomicInteger turn = new AtomicInteger();

        Link(ToyModel model) {
            duplex = model.open(answers::add);
        }
    }

    ToyCalls(ToyModel model) {
        this.model = model;
    }

    /** The answers to the frames of an exchange. */
    List<FrameJson> exchange(Invocation.Exchange call) {
        List<FrameJson> answers = new ArrayList<>();
        if (call.frames().isEmpty()) {
            leave(call.link());
            return answers;
        }
        Link link = links.computeIfAbsent(call.link(), id -> new Link(model));
        for (FrameJson frame : call.frames()) {
            link.duplex.take(frame.bytes());
            byte[] answer = next(link, TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
            if (answer != null) {
                answers.add(FrameJson.of(answer));
            }
        }
        return answers;
    }

    /**
     * Blocks until the worker may draft no further, or another call follows.
     *
     * @param lines takes a frame, and says whether anybody still listens
     */
    void follow(Invocation.Follow call, Predicate<byte[]> lines) {
        Link link = links.get(call.link());
        if (link == null) {
            var _ = lines.test(FrameCodec.encode(new DraftFrame.Refused(RefusalCode.PREFIX_UNKNOWN, "no such link")));
            return;
        }
        int turn = link.turn.incrementAndGet();
        call.frames().forEach(frame -> link.duplex.take(frame.bytes()));
        boolean listens = true;
        while (listens && link.turn.get() == turn) {
            boolean rests = link.duplex.rests();
            byte[] frame = next(link, LOOK_MILLIS);
            listens = frame == null ? !rests : lines.test(frame);
        }
    }

    private void leave(LinkId id) {
        Link link = links.remove(id);
        if (link != null) {
            link.duplex.closed();
        }
    }

    private static byte @Nullable [] next(Link link, long millis) {
        try {
            return link.answers.poll(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void close() {
        List.copyOf(links.keySet()).forEach(this::leave);
    }
}
