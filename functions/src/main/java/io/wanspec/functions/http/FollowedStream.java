package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.wanspec.contracts.SessionId;
import io.wanspec.functions.flow.BoundedPublisher;
import io.wanspec.functions.flow.KeepAlive;
import io.wanspec.functions.follow.Follower;
import io.wanspec.functions.follow.Rendering;
import io.wanspec.functions.follow.TextSource;
import io.wanspec.functions.settings.WanSpecSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Answers with a stream of a text, until it ends or the client leaves. */
@Singleton
final class FollowedStream {
    static final String SESSION_HEADER = "x-wanspec-session";
    static final String LEDGER_HEADER = "x-wanspec-ledger";
    static final MediaType EVENT_STREAM = MediaType.of("text/event-stream; charset=utf-8");

    private final Duration clientTimeout;
    private final KeepAlive keepAlive;

    FollowedStream(WanSpecSettings settings, KeepAlive keepAlive) {
        this.clientTimeout = settings.limits().clientTimeout();
        this.keepAlive = keepAlive;
    }

    /** @param source closed at the end */
    HttpResponse<?> of(HttpRequest<?> http, SessionId session, TextSource source, Rendering rendering) {
        var stop = new CompletableFuture<Runnable>();
        // Both signals are needed: the server cancels the body, and a client may go before the body is asked for.
        var watch = ClientConnection.watch(http, () -> {
            var _ = stop.thenAccept(Runnable::run);
        });
        var follower = new Follower(source, rendering, clientTimeout, watch::close);
        stop.complete(follower::stop);
        BoundedPublisher<byte[]> events = follower.start();
        keepAlive.watch(events);
        return HttpResponse.ok(events)
                .contentType(EVENT_STREAM)
                .header("cache-control", "no-cache")
                .header(SESSION_HEADER, session.value());
    }
}
