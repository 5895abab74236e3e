package io.wanspec.local.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** How far the functions have come with their endpoints, as their health tells. */
@SuppressWarnings("ImmutableEnumChecker") // Its list is a copy.
enum Readiness {
    /** With the target: requests are answered. */
    ANSWERS("requests are not answered", "\"status\":\"ok\"", "\"status\":\"degraded\""),
    /** With every draft worker, too. */
    WHOLE("not every endpoint is ready", "\"status\":\"ok\"");

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private final String otherwise;
    private final List<String> words;

    Readiness(String otherwise, String... words) {
        this.otherwise = otherwise;
        this.words = List.of(words);
    }

    /** @throws IOException if it takes too long; the message says what is missing */
    void await(URI gateway) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        String health = "";
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (words.stream().noneMatch(health::contains)) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(otherwise + " after " + LIMIT.toSeconds() + " s: " + health);
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
