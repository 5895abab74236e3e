package io.wanspec.emulator.aws;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks the emulator whether it is ready. */
final class AwsHealth {
    private static final String PATH = "/_ministack/health";
    private static final Duration INTERVAL = Duration.ofMillis(25);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private AwsHealth() {}

    /** Whether it answers before {@code limit} and its end, whichever comes first. */
    static boolean comes(URI endpoint, Process process, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build()) {
            while (!answers(client, endpoint)) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    return false;
                }
                Thread.sleep(INTERVAL);
            }
        }
        // On a taken port somebody else may have answered.
        return process.isAlive();
    }

    private static boolean answers(HttpClient client, URI endpoint) throws InterruptedException {
        HttpRequest health = HttpRequest.newBuilder(endpoint.resolve(PATH))
                .timeout(ANSWER_LIMIT)
                .build();
        try {
            return client.send(health, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
