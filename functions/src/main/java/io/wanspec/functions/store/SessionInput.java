package io.wanspec.functions.store;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.Tokens;

/**
 * What a session begins with, which may be long, and lies beside its head.
 *
 * @param prediction what the text may be
 */
record SessionInput(Tokens prompt, Tokens prediction) {
    static SessionInput of(GenerationRequest request) {
        return new SessionInput(request.prompt(), request.prediction());
    }
}
