package io.wanspec.functions.resume;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SessionId;
import io.wanspec.controller.Worker;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.link.Handshake;
import io.wanspec.functions.session.Continuation;
import io.wanspec.functions.session.LinkTerms;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.store.Claim;
import io.wanspec.functions.store.Lease;
import io.wanspec.functions.store.SessionRecord;
import io.wanspec.functions.store.SessionStore;
import java.time.Duration;
import java.util.List;

/**
 * Takes over a session that no function has any more, and makes the request that goes on with it. The workers are those of now and
 * here; the target has to be the one that began, or the session fails: texts of two models are never mixed. Blocks.
 */
public final class Resumption {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** An instance takes minutes to come. */
    public static final Duration PAUSE_STARTING = Duration.ofSeconds(30);

    private final SessionStore store;
    private final Endpoints endpoints;

    public Resumption(SessionStore store, Endpoints endpoints) {
        this.store = store;
        this.endpoints = endpoints;
    }

    /**
     * Nothing is taken as long as the target cannot be reached: the lease would only run out again.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if the table does not answer
     */
    public Resumable resume(SessionId id) {
        return switch (endpoints.askTarget()) {
            case Handshake.Agreed(var model, var protocol) -> take(id, model, protocol);
            case Handshake.Pending(var reason, var starting) -> later(id, reason, starting ? PAUSE_STARTING : PAUSE);
            case Handshake.Refused refused -> later(id, refused.reason(), PAUSE);
        };
    }

    /** What was taken, but not started. */
    public void giveBack(Resumable.Ready ready) {
        store.release(ready.record());
    }

    private Resumable later(SessionId id, String reason, Duration pause) {
        var record = store.find(id);
        if (record.isEmpty()) {
            return new Resumable.Unknown();
        }
        return switch (record.get().status()) {
            case RUNNING -> new Resumable.Later("the model cannot be reached now: " + reason, pause);
            case FINISHED, FAILED, CANCELLED, INCOMPLETE -> new Resumable.Ended(record.get());
        };
    }

    private Resumable take(SessionId id, ModelIdentity model, ProtocolVersion protocol) {
        return switch (store.claim(id)) {
            case Claim.Taken(var record) -> ready(record, model, protocol);
            case Claim.Held(var left) -> new Resumable.Later("another function has it", left);
            case Claim.Ended(var record) -> new Resumable.Ended(record);
            case Claim.Unknown unknown -> new Resumable.Unknown();
        };
    }

    private Resumable ready(SessionRecord record, ModelIdentity model, ProtocolVersion protocol) {
        if (!record.head().target().weights().equals(model.weights())) {
            store.fail(record, "the model was replaced by another one, which cannot go on with its text");
            return new Resumable.Ended(store.find(record.id()).orElse(record));
        }
        Lease lease = record.head().lease();
        List<Worker> workers = endpoints.usableWorkers(record.head().account().regions());
        var request = new SessionRequest(
                record.generation(),
                record.head().speculation(),
                model,
                workers,
                new LinkTerms(
                        protocol,
                        endpoints.protocols(workers),
                        record.head().caller().orElse(null)),
                record.head().account(),
                System.nanoTime(),
                new Continuation(record.progress(), lease.owner(), lease.fence()));
        return new Resumable.Ready(request, record);
    }
}
