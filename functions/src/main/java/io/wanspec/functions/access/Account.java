package io.wanspec.functions.access;

import io.micronaut.http.HttpRequest;
import io.wanspec.contracts.CallerId;
import io.wanspec.functions.settings.PromptRegions;
import java.util.Optional;

/**
 * On whose account a session runs. It is kept with the session, so that whoever continues it, in another function or in the
 * background, asks nobody whose it is and sends its tokens nowhere else.
 *
 * @param owner to whom the session belongs
 * @param keyId whose budget pays; absent where access is not controlled
 * @param regions which may see its prompt and its tokens
 */
public record Account(Ownership owner, Optional<String> keyId, PromptRegions regions) {
    private static final Account NOBODY = new Account(Ownership.nobody(), Optional.empty(), PromptRegions.any());

    public static Account nobody() {
        return NOBODY;
    }

    public static Account of(Optional<Caller> caller) {
        return caller.map(known -> new Account(Ownership.of(known.id()), Optional.of(known.keyId()), known.regions()))
                .orElse(NOBODY);
    }

    /** Of whoever sent this request. */
    public static Account of(HttpRequest<?> request) {
        return of(Ownership.caller(request));
    }

    /** Tells callers apart at the endpoints; absent where access is not controlled. */
    public Optional<CallerId> caller() {
        return keyId.map(_ -> new CallerId(owner.owner()));
    }
}
