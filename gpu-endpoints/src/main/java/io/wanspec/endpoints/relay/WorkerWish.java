package io.wanspec.endpoints.relay;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.frame.DraftFrame;
import org.jspecify.annotations.Nullable;

/**
 * What a function needs a worker for.
 *
 * @param site whose workers may see the session
 * @param tokenizer of the target
 * @param protocol that is spoken on the link
 * @param caller for whom, if that is known
 */
record WorkerWish(
        String site,
        String tokenizer,
        ProtocolVersion protocol,
        @Nullable CallerId caller) {
    static WorkerWish of(String site, DraftFrame.Open open) {
        return new WorkerWish(site, open.target().tokenizer(), open.protocol(), open.caller());
    }
}
