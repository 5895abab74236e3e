package io.wanspec.endpoints.server;

import io.netty.channel.Channel;
import io.wanspec.contracts.LinkId;
import io.wanspec.contracts.frame.FrameException;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.invoke.FrameJson;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.endpoints.compute.Engine;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls that carry frames of links without a stream of their own. */
final class LinkCalls<F> {
    private final CalledLinks<F> links;
    private final LinkProtocol<F> protocol;

    LinkCalls(CalledLinks<F> links) {
        this.links = links;
        this.protocol = links.protocol();
    }

    /** @param answer takes the one answer, on any thread */
    void exchange(Invocation.Exchange call, Engine engine, Consumer<Reply.Exchanged> answer) {
        if (call.frames().isEmpty()) {
            links.leave(call.link());
            answer.accept(new Reply.Exchanged(List.of()));
            return;
        }
        var sink = new CollectedAnswer(call.frames().size(), answer);
        CalledLink<F> link = link(call.link(), first(call.frames()), engine, sink);
        if (link != null) {
            link.out().attach(sink);
            receive(link, call.frames());
        }
    }

    void follow(Invocation.Follow call, Engine engine, Channel channel) {
        FrameLines lines = FrameLines.begin(channel);
        CalledLink<F> link = link(call.link(), first(call.frames()), engine, lines);
        if (link == null) {
            return;
        }
        receive(link, call.frames());
        link.out().attach(lines);
        link.session().wake();
        wakeWhenWritable(link, channel);
    }

    private void wakeWhenWritable(CalledLink<F> link, Channel channel) {
        channel.pipeline().addLast(new WritableWatch(() -> link.session().wake()));
    }

    /** @return absent if the sink was told that there is no such link */
    private @Nullable CalledLink<F> link(LinkId id, @Nullable FrameJson first, Engine engine, FrameSink sink) {
        CalledLink<F> known = links.find(id);
        if (known != null) {
            return known;
        }
        F refusal = first == null ? unknown() : strange(first);
        if (refusal == null) {
            return links.open(id, engine);
        }
        sink.frame(protocol.encode(refusal));
        sink.end();
        return null;
    }

    private @Nullable F strange(FrameJson first) {
        try {
            return protocol.mayBegin(protocol.decode(first.bytes())) ? null : unknown();
        } catch (FrameException e) {
            return protocol.refusal(RefusalCode.BAD_FRAME, String.valueOf(e.getMessage()));
        }
    }

    private F unknown() {
        return protocol.refusal(RefusalCode.PREFIX_UNKNOWN, "this server holds no such link; open it again");
    }

    private void receive(CalledLink<F> link, List<FrameJson> frames) {
        for (FrameJson frame : frames) {
            try {
                if (!link.session().receive(protocol.decode(frame.bytes()))) {
                    refuse(
                            link,
                            RefusalCode.OVERLOADED,
                            "the server has too much queued; try again or use another one");
                    return;
                }
            } catch (FrameException e) {
                refuse(link, RefusalCode.BAD_FRAME, String.valueOf(e.getMessage()));
                return;
            }
        }
    }

    private void refuse(CalledLink<F> link, RefusalCode code, String reason) {
        link.session().disconnect();
        link.out().send(protocol.refusal(code, reason));
        link.out().close();
    }

    private static @Nullable FrameJson first(List<FrameJson> frames) {
        return frames.isEmpty() ? null : frames.getFirst();
    }
}
