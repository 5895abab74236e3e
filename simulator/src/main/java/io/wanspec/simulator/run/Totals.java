package io.wanspec.simulator.run;

import io.wanspec.simulator.world.SessionFigures;

/** Sums over the requests of one point. */
public final class Totals {
    private static final double NANOS_PER_MS = 1e6;

    private int requests;
    private long tokens;
    private long nanos;
    private long targetPasses;
    private long targetDraftTokens;
    private long busyDraftPasses;
    private long remoteDraftPasses;
    private long wanBytes;
    private long stallNanos;

    public void add(SessionFigures figures) {
        requests++;
        tokens += figures.tokens();
        nanos += figures.nanos();
        targetPasses += figures.targetPasses();
        targetDraftTokens += figures.targetDraftTokens();
        busyDraftPasses += figures.busyDraftPasses();
        remoteDraftPasses += figures.remoteDraftPasses();
        wanBytes += figures.wanBytes();
        stallNanos += figures.stallNanos();
    }

    public int requests() {
        return requests;
    }

    public long tokens() {
        return tokens;
    }

    /** Latency of a token, in milliseconds. */
    public double msPerToken() {
        return nanos / NANOS_PER_MS / tokens;
    }

    public double targetPassesPerToken() {
        return (double) targetPasses / tokens;
    }

    public double draftsPerRound() {
        return (double) targetDraftTokens / targetPasses;
    }

    public double busyDraftPassesPerToken() {
        return (double) busyDraftPasses / tokens;
    }

    public double remoteDraftPassesPerToken() {
        return (double) remoteDraftPasses / tokens;
    }

    public double wanBytesPerToken() {
        return (double) wanBytes / tokens;
    }

    public double stallMsPerToken() {
        return stallNanos / NANOS_PER_MS / tokens;
    }
}
