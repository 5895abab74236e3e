package io.wanspec.functions.link;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.sagemakerruntime.model.PayloadPart;
import software.amazon.awssdk.services.sagemakerruntime.model.ResponseStream;

/**
 * Takes the parts of a response stream as they come. It can be cancelled at any time and by any thread: if the stream has
 * not begun yet, then as soon as it does.
 */
final class EventSubscription implements Subscriber<ResponseStream> {
    private final Consumer<PayloadPart> parts;
    private volatile @Nullable Subscription subscription;
    private volatile boolean cancelled;

    EventSubscription(Consumer<PayloadPart> parts) {
        this.parts = parts;
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription = begun;
        if (cancelled) {
            begun.cancel();
        } else {
            begun.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(ResponseStream event) {
        if (!cancelled && event instanceof PayloadPart part) {
            parts.accept(part);
        }
    }

    /** The call's future says so too. */
    @Override
    public void onError(Throwable failure) {}

    /** The call's future says so too. */
    @Override
    public void onComplete() {}

    void cancel() {
        cancelled = true;
        Subscription begun = subscription;
        if (begun != null) {
            begun.cancel();
        }
    }
}
