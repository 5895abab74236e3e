package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.functions.follow.MissingTextException;
import io.wanspec.functions.follow.Portion;
import io.wanspec.functions.follow.TextSource;
import io.wanspec.functions.session.SessionOutcome;
import java.util.ArrayList;
import java.util.List;
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
            } catch (Error e) {
                // Whoever waits is told, whatever becomes of the process.
                answer.completeExceptionally(e);
                throw e;
            }
        });
        try (var _ = ClientConnection.watch(http, reader::interrupt)) {
            reader.start();
            return answer.join();
        } catch (CompletionException e) {
            throw unwrapped(e);
        }
    }

    /**
     * A text that has ended.
     *
     * @param told the log-probabilities that were asked for
     */
    record Ended(SessionOutcome outcome, List<TokenLogprobs> told) {}

    /** Reads all of a text, for whoever wants its end alone: the ledger there has the whole of it. */
    static Ended end(TextSource source) throws InterruptedException {
        int read = 0;
        List<TokenLogprobs> told = new ArrayList<>();
        while (true) {
            Portion portion = source.from(read);
            read += portion.pieces().size();
            told.addAll(portion.seen().told());
            if (portion.end() != null) {
                return new Ended(portion.end(), told);
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
