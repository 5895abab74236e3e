package io.wanspec.local.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Waits until the functions have shaken hands with the target and every draft worker. */
final class Readiness {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final String READY = "\"status\":\"ok\"";

    private Readiness() {}

    /** @throws IOException if it takes too long; the message says what is missing */
    static void await(URI gateway) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        String health = "";
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!health.contains(READY)) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("not every endpoint is ready after " + LIMIT.toSeconds() + " s: " + health);
                }
                Thread.sleep(INTERVAL);
                health = ask(client, gateway.resolve("/healthz"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the endpoints", e);
        }
    }

    private static String ask(HttpClient client, URI health) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(ANSWER_LIMIT).build();
        try {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException notYet) {
            return String.valueOf(notYet.getMessage());
        }
    }
}
