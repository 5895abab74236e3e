package io.wanspec.functions.standin;

import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import java.util.function.Consumer;

/** What stands behind an endpoint. Methods run on threads of their own. */
public interface ModelServer {
    Reply invoke(Invocation invocation);

    /** Streams until done; a consumer that throws ends it. */
    void generate(Invocation.Generate request, Consumer<Reply> lines);

    /** @param answers takes frames for the other side */
    Duplex open(Consumer<byte[]> answers);

    /** The near side of a stream. */
    interface Duplex {
        void take(byte[] frame);

        void closed();
    }
}
