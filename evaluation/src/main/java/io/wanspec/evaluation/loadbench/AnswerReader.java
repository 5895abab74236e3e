package io.wanspec.evaluation.loadbench;

import io.wanspec.contracts.request.Mode;
import io.wanspec.evaluation.demo.ChatFailure;
import io.wanspec.evaluation.demo.ChatStream;
import io.wanspec.evaluation.demo.Run;
import io.wanspec.evaluation.demo.SseReader;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads one streamed answer as it comes, and leaves it in the middle if it is told to. */
final class AnswerReader implements Flow.Subscriber<String> {
    private final TextArrivals.Noting arrivals;
    private final OptionalInt leaveBehind;
    private final Runnable onFirst;
    private final SseReader events = new SseReader();
    private final ChatStream stream;
    private final StringBuilder text = new StringBuilder();
    private Flow.@Nullable Subscription subscription;
    private @Nullable ChatFailure failure;
    private final CompletableFuture<Answered.End> left = new CompletableFuture<>();

    /**
     * @param leaveBehind so many characters of text the client leaves; absent if it stays
     * @param onFirst run when text comes
     */
    AnswerReader(Mode mode, TextArrivals.Noting arrivals, OptionalInt leaveBehind, Runnable onFirst) {
        this.arrivals = arrivals;
        this.leaveBehind = leaveBehind;
        this.onFirst = onFirst;
        stream = new ChatStream(mode, this::came);
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        subscription = to;
        to.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (left.isDone() || failure != null) {
            return;
        }
        try {
            var event = events.line(line);
            if (event.isPresent()) {
                stream.event(event.get());
            }
        } catch (ChatFailure e) {
            failure = e;
        }
    }

    private void came(String piece) {
        arrivals.came(System.nanoTime(), piece);
        text.append(piece);
        onFirst.run();
        if (leaveBehind.isPresent() && text.length() >= leaveBehind.getAsInt()) {
            left.complete(new Answered.End.Left(text.toString()));
            Objects.requireNonNull(subscription).cancel();
        }
    }

    @Override
    public void onError(Throwable broken) {
        // The exchange fails with it.
    }

    @Override
    public void onComplete() {
        // The exchange ends with it.
    }

    /** Completes if the client leaves, with that end: the exchange itself has none then. */
    CompletableFuture<Answered.End> left() {
        return left;
    }

    /** Behind the stream's end. */
    Answered.End end() {
        try {
            if (failure != null) {
                throw failure;
            }
            Run run = stream.result();
            return new Answered.End.Whole(run.ledger(), run.text());
        } catch (ChatFailure e) {
            return new Answered.End.Failed(String.valueOf(e.getMessage()));
        }
    }
}
