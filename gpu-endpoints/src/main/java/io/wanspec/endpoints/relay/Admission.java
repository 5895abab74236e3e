package io.wanspec.endpoints.relay;

import io.wanspec.contracts.WorkerId;

/** What becomes of a worker's stream. */
sealed interface Admission {
    record Admitted(WorkerId worker) implements Admission {}

    /** @param reason a sentence for the worker's operator */
    record Turned(String reason) implements Admission {}
}
