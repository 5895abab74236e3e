package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.flow.BoundedPublisher;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Turns a session's text into server-sent events. A client that reads too slowly holds the session back, then loses it. */
final class StreamSink implements SessionSink {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

    private final Answer answer;
    private final boolean includeUsage;
    private boolean roleOwed;
    private final BoundedPublisher<byte[]> events;
    private final Duration clientTimeout;
    private final ClientConnection.Watch watch;

    /** @param watch ended with the session: a connection outlives many requests */
    StreamSink(
            Answer answer,
            CompletionRequest request,
            BoundedPublisher<byte[]> events,
            Duration clientTimeout,
            ClientConnection.Watch watch) {
        this.answer = answer;
        this.includeUsage = request.includeUsage();
        this.events = events;
        this.clientTimeout = clientTimeout;
        this.watch = watch;
        this.roleOwed = request.api() == Api.CHAT;
    }

    /** The role goes out with what comes first: nothing does before the session is durable. */
    private void putRole() {
        if (roleOwed) {
            roleOwed = false;
            put(answer.roleChunk());
        }
    }

    @Override
    public boolean text(List<String> pieces) {
        String text = String.join("", pieces);
        putRole();
        return text.isEmpty() || put(answer.textChunk(text));
    }

    @Override
    public void ended(SessionOutcome outcome) {
        try {
            putRole();
            switch (outcome) {
                case SessionOutcome.Finished finished -> finish(finished);
                case SessionOutcome.Failed failed -> put(Errors.body(Errors.of(failed)));
            }
        } finally {
            // Even if the end could not be written: a stream without an end would let the client wait.
            events.complete();
            watch.close();
        }
    }

    private void finish(SessionOutcome.Finished finished) {
        if (finished.reason() == FinishReason.CANCELLED) {
            return;
        }
        put(answer.finishChunk(finished.reason(), finished.ledger()));
        if (includeUsage) {
            put(answer.usageChunk(finished.ledger()));
        }
        putBytes(DONE);
    }

    private boolean put(ObjectNode chunk) {
        byte[] json = Json.bytes(chunk);
        byte[] event = new byte[DATA.length + json.length + 2];
        System.arraycopy(DATA, 0, event, 0, DATA.length);
        System.arraycopy(json, 0, event, DATA.length, json.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return putBytes(event);
    }

    private boolean putBytes(byte[] event) {
        try {
            return events.put(event, clientTimeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
