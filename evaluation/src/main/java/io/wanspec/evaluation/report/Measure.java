package io.wanspec.evaluation.report;

import io.wanspec.simulator.run.Row;

/** What of a row a comparison shows; each as a multiple of B1's. */
enum Measure {
    LATENCY("latency / B1"),
    BUSY_DRAFT_PASSES("busy-region draft passes / B1"),
    TARGET_PASSES("target passes / B1");

    private final String label;

    Measure(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    double of(Row row) {
        return switch (this) {
            case LATENCY -> row.latencyVsB1();
            case BUSY_DRAFT_PASSES -> row.busyDraftPassesVsB1();
            case TARGET_PASSES -> row.targetPassesVsB1();
        };
    }

    /** Standard error; 0 where none is known. */
    double errorOf(Row row) {
        return this == LATENCY ? row.latencyError() : 0;
    }
}
