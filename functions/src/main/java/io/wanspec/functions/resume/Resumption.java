package io.wanspec.functions.resume;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SessionId;
import io.wanspec.controller.Worker;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.KeyRegions;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.link.Handshake;
import io.wanspec.functions.session.Continuation;
import io.wanspec.functions.session.LinkTerms;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.WorkerChoice;
import io.wanspec.functions.store.Claim;
import io.wanspec.functions.store.Lease;
import io.wanspec.functions.store.SessionHead;
import io.wanspec.functions.store.SessionRecord;
import io.wanspec.functions.store.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Takes over a session that no function has any more, and makes the request that goes on with it. The workers are those of now and
 * here; the target has to be the one that began, and where its key's prompts may be seen, or the session fails: texts of two models
 * are never mixed, and no prompt is seen where it may not be any more. Blocks.
 */
public final class Resumption {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** The longest of a session that is cut off again and again. */
    private static final Duration PAUSE_MAX = Duration.ofSeconds(60);

    /** An instance takes minutes to come. */
    public static final Duration PAUSE_STARTING = Duration.ofSeconds(30);

    private final SessionStore store;
    private final Endpoints endpoints;
    private final WorkerChoice drafts;
    private final String targetRegion;
    private final KeyRegions keys;
    private final Consumer<SessionHead> unowned;
    private final VainAttempts vain;
    private final VainAttempts cutOff = new VainAttempts(PAUSE, PAUSE_MAX, System::nanoTime);

    /**
     * @param drafts say who drafts for what is gone on with
     * @param keys tell where prompts may be seen by now
     * @param unowned told of each session that is ended here without having begun again, as it was
     */
    public Resumption(
            SessionStore store,
            Endpoints endpoints,
            WorkerChoice drafts,
            String targetRegion,
            KeyRegions keys,
            Consumer<SessionHead> unowned) {
        this(store, endpoints, drafts, targetRegion, keys, unowned, new VainAttempts(PAUSE, PAUSE, System::nanoTime));
    }

    Resumption(
            SessionStore store,
            Endpoints endpoints,
            WorkerChoice drafts,
            String targetRegion,
            KeyRegions keys,
            Consumer<SessionHead> unowned,
            VainAttempts vain) {
        this.store = store;
        this.endpoints = endpoints;
        this.drafts = drafts;
        this.targetRegion = targetRegion;
        this.keys = keys;
        this.unowned = unowned;
        this.vain = vain;
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

    /** An outage has ended it here: it is not tried again at once, though the target may have been heard of since. */
    public void cutOff(SessionId id) {
        cutOff.note(id);
    }

    /**
     * Whether that would be in vain: the target could not be reached a moment ago, and has not been heard of since, or the session
     * has just been cut off here. For those who read a text, many at once, and only want it to go on. Asks nobody.
     */
    public boolean isInVain(SessionId id) {
        return cutOff.isRecent(id) || (vain.isRecent(id) && !(endpoints.targetState() instanceof Handshake.Agreed));
    }

    /** The text, which may be long, is read only where it has an end. */
    private Resumable later(SessionId id, String reason, Duration pause) {
        vain.note(id);
        var head = store.head(id);
        if (head.isEmpty()) {
            return new Resumable.Unknown();
        }
        return switch (head.get().status()) {
            case RUNNING -> new Resumable.Later("the model cannot be reached now: " + reason, pause);
            case FINISHED, FAILED, CANCELLED, INCOMPLETE ->
                store.find(id).<Resumable>map(Resumable.Ended::new).orElseGet(Resumable.Unknown::new);
        };
    }

    /** What has rules waits for a target that knows them, and is nobody's meanwhile: an older one may answer while an endpoint is updated. */
    Resumable take(SessionId id, ModelIdentity model, ProtocolVersion protocol) {
        if (!protocol.knowsRules()
                && store.head(id).filter(SessionHead::isRuled).isPresent()) {
            return later(id, "its server is of a version that knows no rules and log-probabilities", PAUSE);
        }
        return switch (store.claim(id)) {
            case Claim.Taken(var record) -> taken(record, model, protocol);
            case Claim.Held(var left) -> new Resumable.Later("another function has it", left);
            case Claim.Ended(var record) -> new Resumable.Ended(record);
            case Claim.Unknown unknown -> new Resumable.Unknown();
        };
    }

    private Resumable taken(SessionRecord record, ModelIdentity model, ProtocolVersion protocol) {
        Account account = accountNow(record);
        Optional<String> obstacle = otherModel(record.head().target(), model).or(() -> otherRegion(account));
        if (obstacle.isPresent()) {
            if (store.fail(record, obstacle.get())) {
                unowned.accept(record.head());
            }
            return new Resumable.Ended(store.find(record.id()).orElse(record));
        }
        return ready(record, account, model, protocol);
    }

    /** Nobody goes on as long as that cannot be told; and nobody waits for this function's lease. */
    private Account accountNow(SessionRecord record) {
        try {
            return record.head().account().regionsNow(keys);
        } catch (SdkException e) {
            store.release(record);
            throw e;
        }
    }

    /** The same weights read other tokens as another text. */
    private static Optional<String> otherModel(ModelIdentity before, ModelIdentity now) {
        if (!before.weights().equals(now.weights())) {
            return Optional.of("the model was replaced by another one, which cannot go on with its text");
        }
        return before.tokenizer().equals(now.tokenizer())
                ? Optional.empty()
                : Optional.of("the model's tokenizer was replaced by another one, which cannot go on with its text");
    }

    private Optional<String> otherRegion(Account account) {
        return account.regions().allows(targetRegion)
                ? Optional.empty()
                : Optional.of("its key's prompts may not be seen in " + targetRegion + " any more, where the model is");
    }

    private Resumable ready(SessionRecord record, Account account, ModelIdentity model, ProtocolVersion protocol) {
        Lease lease = record.head().lease();
        List<Worker> workers =
                drafts.workersFor(account.regions(), record.head().speculation().goal());
        var request = new SessionRequest(
                record.generation(),
                record.head().speculation(),
                model,
                workers,
                new LinkTerms(
                        protocol,
                        endpoints.protocols(workers),
                        record.head().caller().orElse(null)),
                account,
                System.nanoTime(),
                new Continuation(record.progress(), lease.owner(), lease.fence(), lease.until()));
        return new Resumable.Ready(request, record);
    }
}
