package io.wanspec.local.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Asks a model server whether it is ready: {@code GET /ping} answers 200. */
final class Ping {
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    private Ping() {}

    /** Returns when the server is ready. */
    static void await(URI server, Process process, Duration limit) throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build()) {
            while (!isReady(client, server)) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    throw new TimeoutException();
                }
                Thread.sleep(INTERVAL);
            }
        }
    }

    private static boolean isReady(HttpClient client, URI server) throws InterruptedException {
        HttpRequest ping = HttpRequest.newBuilder(server.resolve("/ping"))
                .timeout(ANSWER_LIMIT)
                .build();
        try {
            return client.send(ping, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
