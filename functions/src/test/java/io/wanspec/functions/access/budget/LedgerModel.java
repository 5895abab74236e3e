package io.wanspec.functions.access.budget;

import io.wanspec.functions.access.KeyLimits;

/** A table that everybody reaches at once: one state, changed by the rules. */
final class LedgerModel implements UsageLedger {
    UsageState state = UsageState.EMPTY;
    long writes;
    long reportedRequests;
    long reportedTokens;

    @Override
    public Taking take(String keyId, KeyLimits limits, Ask ask, long nowMs) {
        Taking taking = UsageRules.take(state, limits, ask, nowMs);
        if (taking instanceof Taking.Granted granted) {
            state = granted.state();
            writes++;
        }
        return taking;
    }

    @Override
    public void report(String keyId, long nowMs, long requests, long tokens) {
        reportedRequests += requests;
        reportedTokens += tokens;
    }

    long taken(Budget budget, long nowMs) {
        return state.counter(budget, nowMs).taken();
    }
}
