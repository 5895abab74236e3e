package io.wanspec.simulator.advice;

import java.util.List;

/**
 * The places and loads that are simulated; between them outcomes are interpolated.
 *
 * @param rttMs round trips, rising
 * @param draftMs times of a remote draft pass, rising: that of the reference scenario, and longer ones where its accelerator has
 *     other work
 * @param sessions that share the target, rising
 */
record OutcomeGrid(List<Double> rttMs, List<Double> draftMs, List<Integer> sessions) {
    /** What lies in the repository as {@code outcomes.csv}. */
    static final OutcomeGrid KEPT = new OutcomeGrid(
            List.of(0.0, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 70.0, 100.0, 150.0, 200.0, 300.0, 450.0),
            List.of(8.0, 12.0, 20.0),
            List.of(1, 2, 8, 32));

    OutcomeGrid {
        rttMs = rising(rttMs);
        draftMs = rising(draftMs);
        sessions = rising(sessions);
    }

    private static <T extends Comparable<T>> List<T> rising(List<T> values) {
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i - 1).compareTo(values.get(i)) >= 0) {
                throw new IllegalArgumentException("an axis of the grid rises: " + values);
            }
        }
        return List.copyOf(values);
    }

    int cells() {
        return rttMs.size() * draftMs.size() * sessions.size();
    }
}
