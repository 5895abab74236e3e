package io.wanspec.functions.link;

import io.wanspec.contracts.WorkerId;

/** Hears that an endpoint was not as its last handshake said. */
public interface FailureReports {
    void targetFailed();

    void workerFailed(WorkerId worker);
}
