package io.wanspec.evaluation.demo;

import io.wanspec.evaluation.timeline.TimelineLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sends chat requests to the gateway and reads the streamed answers. */
public final class ChatClient implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final URI completions;
    private final Duration limit;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param gateway its base, without {@code /v1}
     * @param limit of one request, its answer included; after it this client is of no more use
     */
    public ChatClient(URI gateway, Duration limit) {
        this.completions = gateway.resolve("/v1/chat/completions");
        this.limit = limit;
    }

    /**
     * Sends {@code request} and returns when its answer is complete.
     *
     * @param onText is told each piece of text as it comes
     * @throws ChatFailure if the gateway refuses the request, or the answer breaks off or takes too long
     */
    public Run send(ChatRequest request, Consumer<String> onText) throws ChatFailure, InterruptedException {
        return send(request, onText, _ -> {});
    }

    /** @param onEvent is told each line of the session's timeline, where the request asks for that */
    public Run send(ChatRequest request, Consumer<String> onText, Consumer<String> onEvent)
            throws ChatFailure, InterruptedException {
        Future<Run> answer = threads.submit(() -> exchange(request, onText, onEvent));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Nothing else wakes a thread that waits for the answer's next line.
            http.shutdownNow();
            throw new ChatFailure(
                    request.mode().title() + ": no end of the answer after " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChatFailure failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    private Run exchange(ChatRequest request, Consumer<String> onText, Consumer<String> onEvent)
            throws ChatFailure, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(completions)
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(request.toJson()))
                .build();
        try {
            HttpResponse<Stream<String>> response = http.send(post, BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                return read(request, response.statusCode(), lines, onText, onEvent);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ChatFailure(request.mode().title() + ": the connection to the gateway broke: " + e, e);
        }
    }

    private static Run read(
            ChatRequest request, int status, Stream<String> lines, Consumer<String> onText, Consumer<String> onEvent)
            throws ChatFailure {
        if (status != 200) {
            String body = lines.collect(Collectors.joining("\n"));
            throw new ChatFailure("the gateway answered " + status + ": " + describe(body));
        }
        SseReader reader = new SseReader();
        ChatStream stream = new ChatStream(request.mode(), onText);
        for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
            String line = each.next();
            TimelineLines.ofStream(line).ifPresent(event -> {
                stream.timeline(event);
                onEvent.accept(event);
            });
            Optional<String> event = reader.line(line);
            if (event.isPresent()) {
                stream.event(event.get());
            }
        }
        return stream.result();
    }

    private static String describe(String body) {
        try {
            return ChatStream.errorMessage(ChatStream.read(body));
        } catch (ChatFailure notJson) {
            return body;
        }
    }
}
