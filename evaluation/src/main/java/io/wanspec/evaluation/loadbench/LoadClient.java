package io.wanspec.evaluation.loadbench;

import io.wanspec.evaluation.demo.ChatFailure;
import io.wanspec.evaluation.demo.ChatStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Asks the gateway on behalf of many clients at once, reads the streamed answers, and waits where it is told to try again later. */
final class LoadClient implements AutoCloseable {
    private static final int TRY_LATER = 429;
    private static final int BUSY = 503;
    private static final Duration PAUSE_LEAST = Duration.ofMillis(100);
    private static final Duration PAUSE_MOST = Duration.ofSeconds(5);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final URI completions;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .executor(threads)
            .build();

    /** @param gateway its base, without {@code /v1} */
    LoadClient(URI gateway) {
        completions = gateway.resolve("/v1/chat/completions");
    }

    /**
     * Asks, and returns when the answer has ended in one way or another.
     *
     * @param leaveBehind so many characters of text the client leaves; absent if it stays
     * @param deadlineNanos when nobody waits for it any more
     * @param isOver whether who is not let in is to give up
     * @param onFirst run when text comes, or word that there is none yet
     */
    Answered ask(
            Question question, OptionalInt leaveBehind, long deadlineNanos, BooleanSupplier isOver, Runnable onFirst)
            throws InterruptedException {
        var arrivals = new TextArrivals.Noting(System.nanoTime());
        int refused = 0;
        while (true) {
            var reader = new AnswerReader(question.request().mode(), arrivals, leaveBehind, onFirst);
            Answer answer = exchange(question, reader, deadlineNanos);
            if (answer instanceof Answer.Ended(Answered.End end)) {
                return new Answered(question, arrivals.soFar(), refused, end);
            }
            onFirst.run();
            refused++;
            if (isOver.getAsBoolean()) {
                return new Answered(question, arrivals.soFar(), refused, new Answered.End.NotLetIn(System.nanoTime()));
            }
            TimeUnit.NANOSECONDS.sleep(((Answer.Later) answer).pause().toNanos());
        }
    }

    private sealed interface Answer {
        record Ended(Answered.End end) implements Answer {}

        /** It was refused for now. */
        record Later(Duration pause) implements Answer {}

        static Answer tooLate() {
            return new Ended(new Answered.End.TooLate(System.nanoTime()));
        }

        static Answer failed(String reason) {
            return new Ended(new Answered.End.Failed(reason));
        }
    }

    private Answer exchange(Question question, AnswerReader reader, long deadlineNanos) throws InterruptedException {
        long leftNanos = deadlineNanos - System.nanoTime();
        if (leftNanos <= 0) {
            return Answer.tooLate();
        }
        HttpRequest post = HttpRequest.newBuilder(completions)
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(question.request().toJson()))
                .build();
        CompletableFuture<HttpResponse<String>> response = http.sendAsync(post, reading(reader));
        try {
            CompletableFuture.anyOf(response, reader.left()).get(leftNanos, TimeUnit.NANOSECONDS);
            return reader.left().isDone()
                    ? new Answer.Ended(reader.left().join())
                    : answer(response.join(), reader, deadlineNanos);
        } catch (TimeoutException e) {
            return Answer.tooLate();
        } catch (ExecutionException e) {
            return Answer.failed("the connection to the gateway broke: " + e.getCause());
        } finally {
            // Where the answer has ended this does nothing.
            response.cancel(true);
        }
    }

    /** A refusal's body is kept, a stream's events go to the reader. */
    private static BodyHandler<String> reading(AnswerReader reader) {
        return head -> head.statusCode() == 200
                ? BodySubscribers.fromLineSubscriber(reader, _ -> "", StandardCharsets.UTF_8, null)
                : BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    private static Answer answer(HttpResponse<String> response, AnswerReader reader, long deadlineNanos) {
        if (response.statusCode() == 200) {
            return new Answer.Ended(reader.end());
        }
        Duration pause = pause(response);
        boolean canWait = System.nanoTime() + pause.toNanos() - deadlineNanos < 0;
        if ((response.statusCode() == TRY_LATER || response.statusCode() == BUSY) && canWait) {
            return new Answer.Later(pause);
        }
        return Answer.failed("the gateway answered " + response.statusCode() + ": " + message(response.body()));
    }

    private static Duration pause(HttpResponse<String> response) {
        Duration asked = Duration.ofSeconds(
                response.headers().firstValueAsLong("Retry-After").orElse(1));
        return asked.compareTo(PAUSE_LEAST) < 0 ? PAUSE_LEAST : asked.compareTo(PAUSE_MOST) > 0 ? PAUSE_MOST : asked;
    }

    private static String message(String body) {
        try {
            return ChatStream.errorMessage(ChatStream.read(body));
        } catch (ChatFailure notJson) {
            return body;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
