package io.wanspec.functions.store;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.trace.RequestTrace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a session, but for its prompt and its text.
 *
 * @param target whose text it is: another one never goes on with it
 * @param caller as endpoints hear of it
 * @param origin the request that made it, if it has a name
 * @param predictionTokens how many tokens the text was predicted to have; those are kept as the prompt is
 * @param committedTokens how many are durable
 * @param background whether it was put on the queue, and no client holds a connection for it
 * @param finish how the text ended; null while it goes on
 * @param ledger of the function that ended it, without text and tokens, as JSON; empty before
 * @param failure why it failed, or empty
 */
public record SessionHead(
        SessionId id,
        SessionStatus status,
        Lease lease,
        ModelIdentity target,
        Speculation speculation,
        SamplingOptions sampling,
        int maxTokens,
        List<String> stop,
        OptionalInt logprobs,
        Account account,
        Optional<CallerId> caller,
        Optional<RequestTrace> origin,
        int promptTokens,
        int predictionTokens,
        int committedTokens,
        boolean background,
        @Nullable FinishReason finish,
        String ledger,
        String failure,
        Instant createdAt,
        Instant expiresAt) {
    public SessionHead {
        stop = List.copyOf(stop);
    }

    static SessionHead of(SessionRequest request, Lease lease, Instant now, Instant expiresAt) {
        GenerationRequest generation = request.generation();
        return new SessionHead(
                generation.session(),
                SessionStatus.RUNNING,
                lease,
                request.target(),
                request.speculation(),
                generation.sampling(),
                generation.maxTokens(),
                generation.stop(),
                generation.logprobs(),
                request.account(),
                Optional.ofNullable(request.terms().caller()),
                RequestTrace.current(),
                generation.prompt().size(),
                generation.prediction().size(),
                0,
                lease.isNobodys(),
                null,
                "",
                "",
                now,
                expiresAt);
    }

    SessionHead with(Lease newLease) {
        return with(status, newLease, committedTokens, finish, ledger, failure);
    }

    SessionHead with(int newCommitted, @Nullable FinishReason newFinish) {
        return with(status, lease, newCommitted, newFinish, ledger, failure);
    }

    SessionHead ended(SessionStatus how, String newLedger, String newFailure) {
        return with(how, lease, committedTokens, finish, newLedger, newFailure);
    }

    private SessionHead with(
            SessionStatus newStatus,
            Lease newLease,
            int newCommitted,
            @Nullable FinishReason newFinish,
            String newLedger,
            String newFailure) {
        return new SessionHead(
                id,
                newStatus,
                newLease,
                target,
                speculation,
                sampling,
                maxTokens,
                stop,
                logprobs,
                account,
                caller,
                origin,
                promptTokens,
                predictionTokens,
                newCommitted,
                background,
                newFinish,
                newLedger,
                newFailure,
                createdAt,
                expiresAt);
    }

    /** Whether it waits for its first function. */
    public boolean isQueued() {
        return status == SessionStatus.RUNNING && lease.isOf(Lease.NOBODY, 1);
    }

    /** Whether functions and targets would ignore some of it that know neither rules nor log-probabilities. */
    public boolean isRuled() {
        return sampling.rules() != null || logprobs.isPresent();
    }

    /** What was asked for. */
    public GenerationRequest generation(Tokens prompt, Tokens prediction) {
        return new GenerationRequest(id, prompt, sampling, maxTokens, stop, logprobs, prediction);
    }
}
