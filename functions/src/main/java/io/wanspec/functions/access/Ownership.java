package io.wanspec.functions.access;

import io.micronaut.http.HttpRequest;
import io.wanspec.contracts.CallerId;
import java.util.Optional;

/**
 * To whom records belong: sessions, responses, idempotency keys. What belongs to somebody else is answered like what does not
 * exist, so that ids cannot be tried out. Where access is not controlled everything belongs to nobody, {@code -}, and nobody
 * reaches what was made with a key.
 *
 * @param owner as stored in records
 */
public record Ownership(String owner) {
    private static final Ownership NOBODY = new Ownership("-");

    public Ownership {
        if (owner.isBlank()) {
            throw new IllegalArgumentException("a record belongs to somebody, or to '-'");
        }
    }

    public static Ownership nobody() {
        return NOBODY;
    }

    public static Ownership of(CallerId caller) {
        return new Ownership(caller.value());
    }

    public static Ownership of(Optional<Caller> caller) {
        return caller.map(known -> of(known.id())).orElse(NOBODY);
    }

    /** Of whoever sent this request. */
    public static Ownership of(HttpRequest<?> request) {
        return of(caller(request));
    }

    /** The caller that the filter found, before any controller is called. */
    public static Optional<Caller> caller(HttpRequest<?> request) {
        return request.getAttribute(Caller.ATTRIBUTE, Caller.class);
    }

    /** @param recordOwner as a record has it */
    public boolean reaches(String recordOwner) {
        return owner.equals(recordOwner);
    }

    @Override
    public String toString() {
        return owner;
    }
}
