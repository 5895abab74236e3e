package io.wanspec.simulator.advice;

import io.wanspec.simulator.load.ServedCosts;
import io.wanspec.simulator.region.KeptTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * What the simulator found on a grid of places and loads, and what it would find between them. A place that is farther away, or
 * whose passes take longer, is never counted as better: simulated figures waver by some per cent, and ranks should not.
 */
public final class OutcomeTable {
    private static final String HEADINGS =
            "rtt-ms,draft-ms,sessions,latency-ms,target-ms,busy-passes,remote-passes,wan-bytes,b1-latency-ms,b1-target-ms,b1-busy-passes";

    private static final int COLUMNS = 11;

    private final double[] rtts;
    private final double[] drafts;
    private final double[] sessions;
    private final Outcome[][][] outcomes;

    OutcomeTable(List<OutcomeSimulation.Cell> rows) {
        rtts = axis(rows.stream().map(OutcomeSimulation.Cell::rttMs).toList());
        drafts = axis(rows.stream().map(OutcomeSimulation.Cell::draftMs).toList());
        sessions = axis(rows.stream().map(row -> (double) row.sessions()).toList());
        outcomes = new Outcome[sessions.length][drafts.length][rtts.length];
        for (OutcomeSimulation.Cell row : rows) {
            outcomes[at(sessions, row.sessions())][at(drafts, row.draftMs())][at(rtts, row.rttMs())] = row.outcome();
        }
        settle(rows.size());
    }

    public static OutcomeTable ofRepository() {
        return of(KeptTable.rows(OutcomeTable.class, "outcomes.csv", COLUMNS));
    }

    /** @param rows of a file such as {@code outcomes.csv} */
    static OutcomeTable of(List<String[]> rows) {
        return new OutcomeTable(rows.stream().map(OutcomeTable::row).toList());
    }

    /** A table of lines as {@link OutcomeSimulation#kept} makes them. */
    public static OutcomeTable ofLines(List<String> lines) {
        return of(KeptTable.rows(lines.subList(1, lines.size()), COLUMNS));
    }

    private void settle(int cells) {
        if (cells != sessions.length * drafts.length * rtts.length) {
            throw new IllegalArgumentException("the table of outcomes is no whole grid");
        }
        for (Outcome[][] load : outcomes) {
            for (int d = 0; d < drafts.length; d++) {
                for (int r = 0; r < rtts.length; r++) {
                    Outcome outcome = load[d][r];
                    outcome = r == 0 ? outcome : outcome.noBetterThan(load[d][r - 1]);
                    load[d][r] = d == 0 ? outcome : outcome.noBetterThan(load[d - 1][r]);
                }
            }
        }
    }

    /** What lies beyond the grid is as at its edge. */
    Outcome at(double rttMs, double draftMs, double sessionsAtTarget) {
        Between s = Between.of(sessions, sessionsAtTarget);
        Between d = Between.of(drafts, draftMs);
        Between r = Between.of(rtts, rttMs);
        return plane(outcomes[s.below()], d, r).towards(plane(outcomes[s.above()], d, r), s.share());
    }

    private static Outcome plane(Outcome[][] load, Between d, Between r) {
        return row(load[d.below()], r).towards(row(load[d.above()], r), d.share());
    }

    private static Outcome row(Outcome[] drafts, Between r) {
        return drafts[r.below()].towards(drafts[r.above()], r.share());
    }

    /** The round trips that were simulated. */
    public List<Double> rttMs() {
        List<Double> all = new ArrayList<>();
        for (double rtt : rtts) {
            all.add(rtt);
        }
        return all;
    }

    static List<String> lines(List<OutcomeSimulation.Cell> rows) {
        List<String> lines = new ArrayList<>(List.of(HEADINGS));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private static String line(OutcomeSimulation.Cell row) {
        ServedCosts drafted = row.outcome().drafted();
        ServedCosts b1 = row.outcome().b1();
        return String.format(
                Locale.ROOT,
                "%.0f,%.0f,%d,%.3f,%.3f,%.4f,%.4f,%.1f,%.3f,%.3f,%.4f",
                row.rttMs(),
                row.draftMs(),
                row.sessions(),
                drafted.latencyMs(),
                drafted.targetBusyMs(),
                drafted.busyDraftPasses(),
                drafted.remoteDraftPasses(),
                drafted.wanBytes(),
                b1.latencyMs(),
                b1.targetBusyMs(),
                b1.busyDraftPasses());
    }

    private static OutcomeSimulation.Cell row(String[] cells) {
        double[] n = new double[cells.length];
        for (int i = 0; i < n.length; i++) {
            n[i] = Double.parseDouble(cells[i]);
        }
        ServedCosts drafted = new ServedCosts(n[3], n[4], n[5], n[6], n[7]);
        return new OutcomeSimulation.Cell(
                n[0], n[1], (int) n[2], new Outcome(drafted, new ServedCosts(n[8], n[9], n[10], 0, 0)));
    }

    private static double[] axis(List<Double> values) {
        return new TreeSet<>(values).stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static int at(double[] axis, double value) {
        for (int i = 0; i < axis.length; i++) {
            if (axis[i] == value) {
                return i;
            }
        }
        throw new IllegalArgumentException(value + " is not on the axis");
    }

    /** Between two points of an axis. */
    private record Between(int below, int above, double share) {
        static Between of(double[] axis, double value) {
            int above = 0;
            while (above < axis.length - 1 && axis[above] < value) {
                above++;
            }
            int below = Math.max(0, above - 1);
            double width = axis[above] - axis[below];
            double share = width == 0 ? 0 : (value - axis[below]) / width;
            return new Between(below, above, Math.clamp(share, 0, 1));
        }
    }
}
