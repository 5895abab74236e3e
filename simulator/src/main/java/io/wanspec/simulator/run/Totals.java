package io.wanspec.simulator.run;

import io.wanspec.simulator.world.SessionFigures;
import java.util.Arrays;

/** Sums over the requests of one point. */
public final class Totals {
    private static final double NANOS_PER_MS = 1e6;

    private double[] latencies = new double[16];
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
        if (requests == latencies.length) {
            latencies = Arrays.copyOf(latencies, requests * 2);
        }
        latencies[requests++] = figures.nanos() / NANOS_PER_MS / figures.tokens();
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

    /** Latency of a token over that of the same requests under another policy. */
    public double latencyRatio(Totals other) {
        return msPerToken() / other.msPerToken();
    }

    /** Standard error of {@link #latencyRatio}, request by request; 0 for a single request, of which nothing can be said. */
    public double latencyRatioError(Totals other) {
        double ratio = latencyRatio(other);
        double squares = 0;
        for (int i = 0; i < requests; i++) {
            double residual = latencies[i] - ratio * other.latencies[i];
            squares += residual * residual;
        }
        return requests < 2 ? 0 : Math.sqrt(squares / requests / (requests - 1)) / other.msPerToken();
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
