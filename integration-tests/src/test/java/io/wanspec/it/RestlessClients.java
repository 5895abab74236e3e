package io.wanspec.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.it.http.EventReader;
import io.wanspec.it.http.ServerEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that ask again as soon as they have an answer. Some leave in mid-stream. Whoever is told to come again later does, and has not
 * been let in; all who were get the text that a server gives that has nothing else to do.
 */
final class RestlessClients implements AutoCloseable {
    private static final int TEXTS = 24;
    private static final int TOKENS = 32;
    private static final int LEAVES_EVERY = 10;
    private static final int FAILURES_MAX = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI completions;
    private final List<String> texts = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger whole = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /** Asks an idle server first. */
    RestlessClients(URI gateway) throws IOException, InterruptedException {
        completions = gateway.resolve("/v1/chat/completions");
        for (int i = 0; i < TEXTS; i++) {
            HttpResponse<InputStream> answer = post(i);
            if (answer.statusCode() != 200) {
                throw new IOException("an idle server answers " + answer.statusCode());
            }
            texts.add(read(answer.body(), Integer.MAX_VALUE));
        }
    }

    /** Returns when all have their last answer. */
    void come(int clients, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            Callable<Void> client = () -> {
                while (System.nanoTime() - end < 0 && failures.size() < FAILURES_MAX) {
                    ask();
                }
                return null;
            };
            for (Future<Void> each : threads.invokeAll(Collections.nCopies(clients, client))) {
                each.get();
            }
        }
    }

    int whole() {
        return whole.get();
    }

    int left() {
        return left.get();
    }

    /** How often somebody was told to come again later. */
    int refused() {
        return refused.get();
    }

    /** What else than the right text came, each time. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    private void ask() throws InterruptedException {
        int number = turn.getAndIncrement();
        try {
            HttpResponse<InputStream> answer = post(number % TEXTS);
            if (answer.statusCode() == 200) {
                follow(number, answer.body());
            } else {
                refuse(answer);
            }
        } catch (IOException broken) {
            failures.add("the connection broke: " + broken);
        }
    }

    private void refuse(HttpResponse<InputStream> answer) throws IOException, InterruptedException {
        String said = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        Optional<String> after = answer.headers().firstValue("Retry-After");
        if (answer.statusCode() != 429 || after.isEmpty()) {
            failures.add(answer.statusCode() + " " + said);
        }
        refused.incrementAndGet();
        TimeUnit.SECONDS.sleep(1);
    }

    private void follow(int number, InputStream body) throws IOException {
        String expected = texts.get(number % TEXTS);
        if (number % LEAVES_EVERY == LEAVES_EVERY - 1) {
            String some = read(body, Math.max(1, expected.length() / 2));
            left.incrementAndGet();
            if (!expected.startsWith(some)) {
                failures.add("another beginning: " + some);
            }
        } else {
            String text = read(body, Integer.MAX_VALUE);
            whole.incrementAndGet();
            if (!expected.equals(text)) {
                failures.add("another text: " + text + " for " + expected);
            }
        }
    }

    /** Leaves behind so many characters. */
    private static String read(InputStream body, int most) throws IOException {
        StringBuilder text = new StringBuilder();
        try (EventReader events = new EventReader(body)) {
            Optional<ServerEvent> next = events.next();
            while (next.isPresent() && text.length() < most) {
                JsonNode data = next.get().data();
                if (data.has("error")) {
                    throw new IOException("failed in mid-stream: " + data);
                }
                text.append(data.at("/choices/0/delta/content").asText(""));
                next = events.next();
            }
        }
        return text.toString();
    }

    private HttpResponse<InputStream> post(int text) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(completions)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Http.chat("Client " + text, TOKENS, 0.8, text)
                        .put("stream", true)
                        .toString()))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
