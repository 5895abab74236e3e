package io.wanspec.simulator.load;

import io.wanspec.simulator.run.Totals;
import io.wanspec.simulator.world.SessionFigures;
import io.wanspec.simulator.world.SimSession;
import java.util.Arrays;
import java.util.Set;

/** What a load met. Figures of the target are of all requests from the first that counts on, those of requests of these alone. */
final class LoadFigures {
    private static final double NANOS_PER_MS = 1e6;

    private final Serving.Machines machines;
    private final double[] msPerToken;
    private final Totals totals = new Totals();
    private int counted;
    private long doneTokens;
    private long busySince;
    private long passesSince;
    private long rowsSince;
    private long tokensSince;
    private long began = -1;
    private long ended;
    private long lastChange;
    private double sessionNanos;
    private int sessions;

    LoadFigures(Serving.Machines machines, int wanted) {
        this.machines = machines;
        msPerToken = new double[wanted];
    }

    /** @param active sessions, this one among them */
    void came(boolean counts, Set<SimSession> active, long now) {
        if (counts && began < 0) {
            began = now;
            busySince = machines.accelerator().busyNanos();
            passesSince = machines.target().passes();
            rowsSince = machines.target().rows();
            tokensSince = tokens(active);
            lastChange = now;
        }
        change(now, 1);
    }

    void answered(SimSession session, boolean counts, long now) {
        change(now, -1);
        SessionFigures figures = session.figures();
        doneTokens += session.committedSoFar();
        if (counts) {
            totals.add(figures);
            msPerToken[counted++] = figures.nanos() / NANOS_PER_MS / figures.tokens();
        }
    }

    private void change(long now, int by) {
        sessionNanos += began < 0 ? 0 : (double) sessions * (now - lastChange);
        lastChange = now;
        sessions += by;
    }

    boolean areComplete() {
        return counted == msPerToken.length;
    }

    LoadFigures at(long now, Set<SimSession> active) {
        change(now, 0);
        ended = now;
        busySince = machines.accelerator().busyNanos() - busySince;
        passesSince = machines.target().passes() - passesSince;
        rowsSince = machines.target().rows() - rowsSince;
        tokensSince = tokens(active) - tokensSince;
        Arrays.sort(msPerToken);
        return this;
    }

    private long tokens(Set<SimSession> active) {
        return doneTokens
                + active.stream().mapToLong(SimSession::committedSoFar).sum();
    }

    /** Milliseconds a token that this share of the requests did not exceed. */
    double quantile(double share) {
        return msPerToken[Math.max(0, (int) Math.ceil(share * msPerToken.length) - 1)];
    }

    Totals totals() {
        return totals;
    }

    /** Requests that were under way, on average. */
    double sessions() {
        return sessionNanos / (ended - began);
    }

    double tokensPerSecond() {
        return tokensSince * 1e9 / (ended - began);
    }

    /** Time that the target's accelerator spent in passes, drafts among them where it makes them. */
    double targetBusyMsPerToken() {
        return busySince / NANOS_PER_MS / tokensSince;
    }

    /** Share of the time for which the target's accelerator was busy. */
    double utilisation() {
        return Math.min(1, (double) busySince / (ended - began));
    }

    double rowsPerPass() {
        return (double) rowsSince / passesSince;
    }
}
