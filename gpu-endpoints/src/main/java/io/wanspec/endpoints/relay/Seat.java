package io.wanspec.endpoints.relay;

/** A worker's stream, as the switchboard knows it. */
interface Seat {
    /** Ends it; the worker is told why. */
    void dismiss(String reason);
}
