package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.wanspec.functions.follow.MissingTextException;
import io.wanspec.functions.follow.Portion;
import io.wanspec.functions.follow.TextSource;
import io.wanspec.functions.session.SessionOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for a text's end on a thread of its own, which a client that leaves interrupts. */
final class WholeAnswer {
    private WholeAnswer() {}

    /** What is made of the text, which is waited for. */
    interface Reading {
        HttpResponse<?> read(TextSource source) throws InterruptedException;
    }

    /** @param source closed at the end */
    static HttpResponse<?> of(HttpRequest<?> http, TextSource source, Reading reading) {
        var answer = new CompletableFuture<HttpResponse<?>>();
        Thread reader = Thread.ofVirtual().name("reader").unstarted(() -> {
            try (source) {
                answer.complete(reading.read(source));
            } catch (InterruptedException gone) {
                answer.completeExceptionally(ApiException.unavailable("cancelled", "The request was cancelled."));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try (var _ = ClientConnection.watch(http, reader::interrupt)) {
            reader.start();
            return answer.join();
        } catch (CompletionException e) {
            throw unwrapped(e);
        }
    }

    /** Reads all of a text, for whoever wants its end alone: the ledger there has the whole of it. */
    static SessionOutcome end(TextSource source) throws InterruptedException {
        int read = 0;
        while (true) {
            Portion portion = source.from(read);
            read += portion.pieces().size();
            if (portion.end() != null) {
                return portion.end();
            }
        }
    }

    private static RuntimeException unwrapped(CompletionException e) {
        return switch (e.getCause()) {
            case MissingTextException missing ->
                ApiException.notFound(
                        "text_not_found", "There is no such text any more: it was deleted, or has expired.");
            case RuntimeException cause -> cause;
            case null, default -> e;
        };
    }
}
