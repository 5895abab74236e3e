package io.wanspec.emulator.sagemaker;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.wanspec.emulator.net.Responder;
import java.util.UUID;

/** What every answer over HTTP/1.1 carries. */
final class Answers {
    static final String REQUEST_ID = "x-amzn-RequestId";
    static final String ERROR_TYPE = "x-amzn-errortype";

    private Answers() {}

    static void error(Responder responder, ApiError error) {
        responder.json(
                HttpResponseStatus.valueOf(error.status()),
                error.body(),
                ERROR_TYPE,
                error.type(),
                REQUEST_ID,
                requestId());
    }

    static String requestId() {
        return UUID.randomUUID().toString();
    }
}
