package io.wanspec.emulator.net;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.wanspec.contracts.http.EdgeError;
import org.jspecify.annotations.Nullable;

/** What an HTTP/1.1 server does with requests. Called on the connection's event loop; must not block. */
public interface Exchanges {
    /**
     * Starts to answer; the answer may come later, through {@code responder}.
     *
     * @param request complete request, released by the implementation
     */
    Exchange open(FullHttpRequest request, Responder responder);

    /**
     * Answers a request that cannot be served at all: too large, or no HTTP.
     *
     * @param head absent if it could not be read
     */
    void refused(EdgeError why, @Nullable HttpRequest head, Responder responder);
}
