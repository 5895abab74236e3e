package io.wanspec.contracts.request;

/** What speculation is for. A goal settles everything about it that a request does not say itself. */
public enum Goal implements Choice {
    /** As few busy-region draft passes, and hardly more target passes, as keep the pace of co-located speculation. */
    ECONOMY,
    /** A tenth faster than co-located speculation, for up to two thirds of its busy-region draft passes. */
    FAST,
    /**
     * Little waiting, for a target with time to spare. Busy-region draft passes only where requests were slower than
     * with co-located speculation: hardly any nearby, half as many as that and more at 100 ms.
     */
    EAGER
}
