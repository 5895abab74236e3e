package io.wanspec.emulator.sagemaker;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.FlowAdapters;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntimehttp2.SageMakerRuntimeHttp2AsyncClient;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.InvokeEndpointWithBidirectionalStreamResponseHandler;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.InvokeEndpointWithBidirectionalStreamResponseHandler.Visitor;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.RequestStreamEvent;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.ResponsePayloadPart;

/** A bidirectional stream of the real SDK, with blocking ends for tests. */
final class Duplex {
    final BlockingQueue<ResponsePayloadPart> received = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> done;
    private final SubmissionPublisher<RequestStreamEvent> requests = new SubmissionPublisher<>();

    Duplex(SageMakerRuntimeHttp2AsyncClient client, String endpoint) {
        var handler = InvokeEndpointWithBidirectionalStreamResponseHandler.builder()
                .subscriber(Visitor.builder().onPayloadPart(received::add).build())
                .build();
        done = client.invokeEndpointWithBidirectionalStream(
                request -> request.endpointName(endpoint), FlowAdapters.toPublisher(requests), handler);
    }

    /** Sends when the SDK has subscribed: a publisher without a subscriber drops. */
    void send(byte[] bytes, String dataType, String completionState) {
        awaitSubscription();
        requests.submit(RequestStreamEvent.payloadPartBuilder()
                .bytes(SdkBytes.fromByteArray(bytes))
                .dataType(dataType)
                .completionState(completionState)
                .build());
    }

    void text(String text) {
        send(text.getBytes(StandardCharsets.UTF_8), "UTF8", "COMPLETE");
    }

    void end() {
        awaitSubscription();
        requests.close();
    }

    ResponsePayloadPart take() throws InterruptedException {
        ResponsePayloadPart part = received.poll(60, TimeUnit.SECONDS);
        if (part == null) {
            throw new AssertionError("nothing came; the call: " + done);
        }
        return part;
    }

    String takeText() throws InterruptedException {
        return take().bytes().asUtf8String();
    }

    private void awaitSubscription() {
        long begin = System.nanoTime();
        while (requests.getNumberOfSubscribers() == 0) {
            if (done.isDone() || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(60)) {
                throw new AssertionError("the SDK did not subscribe: " + done);
            }
            Thread.onSpinWait();
        }
    }
}
