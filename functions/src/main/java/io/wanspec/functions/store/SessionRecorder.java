package io.wanspec.functions.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import io.wanspec.functions.session.SessionControl;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hears what one session does, and has it written from a virtual thread of its own ({@link RecordWriter}). Until the session's
 * record is durable, or cannot be, nothing goes to the client.
 */
final class SessionRecorder implements EndRecorder {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final BiFunction<SessionRequest, SessionControl, RecordWriter> writers;
    private final Writing writing;
    private @Nullable SessionControl session;
    private @Nullable RecordWriter writer;

    /** Where the writer runs. */
    interface Writing {
        /** @throws RejectedExecutionException if the store is closed */
        void start(SessionId session, RecordWriter writer);
    }

    SessionRecorder(BiFunction<SessionRequest, SessionControl, RecordWriter> writers, Writing writing) {
        this.writers = writers;
        this.writing = writing;
    }

    @Override
    public void attached(SessionControl control) {
        session = control;
    }

    @Override
    public void started(SessionRequest request) {
        RecordWriter started = writers.apply(request, Objects.requireNonNull(session, "a recorder is attached first"));
        writing.start(request.generation().session(), started);
        writer = started;
    }

    /** Without a record nobody else knows of it; but there may be one that could not be written on. */
    @Override
    public CompletionStage<Boolean> endsHere() {
        return writer == null ? CompletableFuture.completedFuture(false) : writer.endsHere();
    }

    @Override
    public void awaitDurable() throws InterruptedException {
        if (writer != null) {
            writer.awaitBegun();
        }
    }

    @Override
    public void committed(int position, Progress more) {
        if (writer != null) {
            writer.committed(position, more);
        }
    }

    @Override
    public void noted(SessionId id, NoteCode code, String detail) {}

    @Override
    public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
        if (writer == null) {
            return;
        }
        String ledger = "";
        try {
            ledger = json(outcome.ledger());
        } finally {
            // Also without a ledger, if that cannot be written: the background thread waits for an end.
            writer.ended(end(request, outcome, ledger));
        }
    }

    private static Recording.End end(SessionRequest request, SessionOutcome outcome, String ledger) {
        if (outcome.isLeftToOthers(request)) {
            return new Recording.End(SessionStatus.RUNNING, ledger, "");
        }
        return switch (outcome) {
            case SessionOutcome.Failed(var _, var message, var _) ->
                new Recording.End(SessionStatus.FAILED, ledger, message);
            case SessionOutcome.Finished(var reason, var _) ->
                new Recording.End(
                        reason == FinishReason.CANCELLED ? SessionStatus.CANCELLED : SessionStatus.FINISHED,
                        ledger,
                        "");
        };
    }

    private static String json(Ledger ledger) {
        ObjectNode json = MAPPER.valueToTree(ledger);
        json.remove("text");
        json.remove("tokenIds");
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
