package io.wanspec.functions.http;

import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.idempotency.AnswerFacts;
import io.wanspec.functions.idempotency.Fingerprint;
import io.wanspec.functions.idempotency.FirstRequest;
import io.wanspec.functions.idempotency.IdempotencyKey;
import io.wanspec.functions.idempotency.IdempotencyStore;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Write;
import java.util.Optional;
import java.util.function.Function;

/** A request that has a key. */
record IdempotentCall(IdempotencyStore store, Ownership owner, IdempotencyKey key, Fingerprint fingerprint) {
    /**
     * The request that came first under this key, if this is not the first.
     *
     * @throws ApiException if that was another request
     */
    Optional<FirstRequest> first() {
        return TableCalls.call(() -> store.find(owner, key)).map(this::checked);
    }

    /**
     * Takes the key.
     *
     * @param instead the one that had it, and had no answer
     * @return who has it now
     * @throws ApiException if it is another request's
     */
    FirstRequest claim(AnswerFacts mine, Optional<FirstRequest> instead) {
        return checked(TableCalls.call(() -> store.claim(owner, key, new FirstRequest(fingerprint, mine), instead)));
    }

    /**
     * Takes the key together with the session's record.
     *
     * @param written takes the key's change to the table with whatever belongs to it
     */
    FirstRequest claim(AnswerFacts mine, Optional<FirstRequest> instead, Function<Change, Write> written) {
        return checked(
                TableCalls.call(() -> store.claim(owner, key, new FirstRequest(fingerprint, mine), instead, written)));
    }

    private FirstRequest checked(FirstRequest first) {
        if (!first.fingerprint().equals(fingerprint)) {
            throw ApiException.keyReused(Idempotency.HEADER);
        }
        return first;
    }
}
