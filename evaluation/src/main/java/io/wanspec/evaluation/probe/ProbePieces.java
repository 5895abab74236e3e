package io.wanspec.evaluation.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.evaluation.demo.SseReader;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Notes when the pieces of a streamed answer come; their text it forgets. */
final class ProbePieces implements Flow.Subscriber<String> {
    private static final JsonMapper JSON = new JsonMapper();

    private final SseReader events = new SseReader();
    private final long asked;
    private long first;
    private long last;
    private int count;

    /** @param asked the clock, in nanoseconds, when the answer was asked for */
    ProbePieces(long asked) {
        this.asked = asked;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        to.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(String line) {
        events.line(line).filter(ProbePieces::hasText).ifPresent(_ -> {
            last = System.nanoTime();
            first = count == 0 ? last : first;
            count++;
        });
    }

    private static boolean hasText(String event) {
        try {
            return !JSON.readTree(event)
                    .at("/choices/0/delta/content")
                    .asText("")
                    .isEmpty();
        } catch (JsonProcessingException noChunk) {
            return false;
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

    long asked() {
        return asked;
    }

    synchronized int count() {
        return count;
    }

    synchronized @Nullable Double firstMs() {
        return count == 0 ? null : ProbeClient.ms(first - asked);
    }

    /** Behind the first piece. */
    synchronized @Nullable Double perSecond() {
        return count < 2 || last == first ? null : Math.round((count - 1) * 1e11 / (last - first)) / 100.0;
    }
}
