package io.wanspec.functions.session;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.Worker;
import io.wanspec.functions.access.Account;
import java.util.List;

/**
 * Everything that a session needs to know.
 *
 * @param target whose text is generated
 * @param workers that agree with the target and may see its tokens, remote ones first
 * @param terms on which target and workers are spoken to
 * @param account on which it runs: whose it is, and where its tokens may be seen
 * @param arrivedNanos when the request reached the function, by {@link System#nanoTime()}; times are counted from here
 * @param continuation where it begins
 */
public record SessionRequest(
        GenerationRequest generation,
        Speculation speculation,
        ModelIdentity target,
        List<Worker> workers,
        LinkTerms terms,
        Account account,
        long arrivedNanos,
        Continuation continuation) {
    public SessionRequest {
        workers = List.copyOf(workers);
    }

    /** The same on another account. */
    public SessionRequest on(Account other) {
        return new SessionRequest(generation, speculation, target, workers, terms, other, arrivedNanos, continuation);
    }

    /** A new one. */
    public SessionRequest(
            GenerationRequest generation,
            Speculation speculation,
            ModelIdentity target,
            List<Worker> workers,
            LinkTerms terms,
            Account account,
            long arrivedNanos) {
        this(generation, speculation, target, workers, terms, account, arrivedNanos, Continuation.fresh());
    }

    /** The same for background work, whose attempts are counted: no failure ends the session, another attempt goes on with it. */
    public SessionRequest patiently() {
        return waiting(Continuation.Waits.WHATEVER_FAILS);
    }

    /** The same for those who read background work: an outage does not end the session. */
    public SessionRequest throughOutages() {
        return waiting(Continuation.Waits.THROUGH_OUTAGES);
    }

    private SessionRequest waiting(Continuation.Waits waits) {
        return new SessionRequest(
                generation, speculation, target, workers, terms, account, arrivedNanos, continuation.waiting(waits));
    }
}
