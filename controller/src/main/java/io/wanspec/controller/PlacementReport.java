package io.wanspec.controller;

import io.wanspec.contracts.ledger.ChosenDraft;
import io.wanspec.controller.placement.PlaceFindings;
import java.util.List;

/**
 * Who drafted for a session, and what it found of its draft places.
 *
 * @param choices who was chosen, when and why, where somebody chose
 * @param found of each remote worker that was asked
 * @param targetPassNanos of a pass with a few draft tokens; 0 if none was made
 */
public record PlacementReport(List<ChosenDraft> choices, List<PlaceFindings> found, long targetPassNanos) {
    public PlacementReport {
        choices = List.copyOf(choices);
        found = List.copyOf(found);
    }
}
