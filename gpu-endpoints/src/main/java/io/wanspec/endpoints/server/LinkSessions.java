package io.wanspec.endpoints.server;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.wanspec.contracts.invoke.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * SageMaker's sticky sessions (Developer Guide, "Stateful sessions with SageMaker AI models"): a container that answers with a
 * session's name and its end is sent all calls which name that session.
 */
final class LinkSessions {
    private static final String SESSION_ID = "X-Amzn-SageMaker-Session-Id";
    private static final String NEW_SESSION = "NEW_SESSION";
    private static final Duration LIFE = Duration.ofMinutes(30);

    private LinkSessions() {}

    /** The headers of an answer to a call that asks for a session: it is named as the link. Else none. */
    static HttpHeaders opened(FullHttpRequest request, Invocation.Exchange call) {
        HttpHeaders headers = new DefaultHttpHeaders();
        if (NEW_SESSION.equals(request.headers().get(SESSION_ID))) {
            Instant end = Instant.now().plus(LIFE).truncatedTo(ChronoUnit.SECONDS);
            headers.set(SESSION_ID, call.link() + "; Expires=" + end);
        }
        return headers;
    }
}
