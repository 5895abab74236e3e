package io.wanspec.emulator.net;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;

/** What an HTTP/1.1 server does with requests. Called on the connection's event loop; must not block. */
public interface Exchanges {
    /**
     * Starts to answer; the answer may come later, through {@code responder}.
     *
     * @param request complete request, released by the implementation
     */
    Exchange open(FullHttpRequest request, Responder responder);

    /** Answers a request whose body was over the limit and has been thrown away. */
    void oversized(HttpRequest head, Responder responder);
}
