package io.wanspec.endpoints.relay;

import io.wanspec.contracts.frame.RefusalCode;

/** Who is to serve a session. */
sealed interface Pick {
    /** @param seat a stream of the worker, which is this session's now */
    record Found(Seat seat) implements Pick {}

    record None(RefusalCode code, String reason) implements Pick {}
}
