package io.wanspec.contracts.request;

/** What speculation is for. A goal settles everything about it that a request does not say itself. */
public enum Goal implements Choice {
    /** As few busy-region draft passes, and hardly more target passes, as keep the pace of co-located speculation. */
    ECONOMY,
    /** A tenth faster than co-located speculation, for about two thirds of its busy-region draft passes. */
    FAST,
    /** Little waiting, and busy-region draft passes only where the guard wants them: for a target with time to spare. */
    EAGER
}
