package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.idempotency.Fingerprint;
import io.wanspec.functions.idempotency.IdempotencyKey;
import io.wanspec.functions.idempotency.IdempotencyStore;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Reads {@code Idempotency-Key}. Where there is no table the header is refused: whoever sends it relies on it. */
@Singleton
final class Idempotency {
    static final String HEADER = "Idempotency-Key";
    static final String DOCUMENTED =
            "Requests with the same key have the answer of the first. Printable ASCII without spaces; needs a table.";

    private final Optional<IdempotencyStore> store;

    Idempotency(Optional<IdempotencyStore> store) {
        this.store = store;
    }

    /** The request as one of its key; absent if it has none. */
    Optional<IdempotentCall> of(HttpRequest<?> http, byte[] body, Ownership owner) {
        String header = http.getHeaders().get(HEADER);
        if (header == null) {
            return Optional.empty();
        }
        if (http.getHeaders().getAll(HEADER).size() > 1) {
            throw ApiException.invalid(HEADER, "'" + HEADER + "' was sent twice. Send one.");
        }
        IdempotencyStore table = store.orElseThrow(() -> ApiException.unsupported(
                HEADER,
                "'" + HEADER
                        + "' needs a table, and this server has none: it would make the answer anew each time. Leave the"
                        + " header out, or configure 'wanspec.sessions.table'."));
        var fingerprint = Fingerprint.of(http.getMethodName(), http.getPath(), body);
        return Optional.of(new IdempotentCall(table, owner, key(header), fingerprint));
    }

    private static IdempotencyKey key(String header) {
        try {
            return new IdempotencyKey(header);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(
                    HEADER,
                    "'" + HEADER + "' must have 1 to " + IdempotencyKey.LENGTH_MAX
                            + " printable ASCII characters and no spaces. A UUID will do.");
        }
    }
}
