package io.wanspec.functions.session;

import io.wanspec.controller.PlacementReport;

/** Hears what sessions have found of their draft places. Never blocks. */
public interface DraftFindings {
    /** Nobody wants to know. */
    DraftFindings NONE = report -> {};

    void found(PlacementReport report);
}
