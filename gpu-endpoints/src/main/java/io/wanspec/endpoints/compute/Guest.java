package io.wanspec.endpoints.compute;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * For whom a sequence is asked.
 *
 * @param caller if that is known; who is not counts as one caller
 * @param request if that is known: the same on every link that is opened for it
 * @param begun whether some of its text is there already: it was let in before, if not by this server
 */
public record Guest(@Nullable CallerId caller, @Nullable SessionId request, boolean begun) {
    String callerName() {
        return caller == null ? "" : caller.value();
    }
}
