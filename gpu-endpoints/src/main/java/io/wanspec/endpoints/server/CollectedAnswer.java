package io.wanspec.endpoints.server;

import io.wanspec.contracts.invoke.FrameJson;
import io.wanspec.contracts.invoke.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All answers of an exchange at once. */
final class CollectedAnswer implements FrameSink {
    private final int expected;
    private final Consumer<Reply.Exchanged> send;
    private final List<FrameJson> frames = new ArrayList<>();
    private boolean sent;

    /** @param expected how many frames answer the call, at least 1 */
    CollectedAnswer(int expected, Consumer<Reply.Exchanged> send) {
        this.expected = expected;
        this.send = send;
    }

    @Override
    public synchronized boolean isWritable() {
        return !sent;
    }

    @Override
    public synchronized boolean frame(byte[] json) {
        if (!sent) {
            frames.add(FrameJson.of(json));
        }
        if (frames.size() >= expected) {
            end();
        }
        return !sent;
    }

    @Override
    public synchronized void end() {
        if (!sent) {
            sent = true;
            send.accept(new Reply.Exchanged(frames));
        }
    }
}
