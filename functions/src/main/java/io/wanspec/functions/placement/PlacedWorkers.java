package io.wanspec.functions.placement;

import io.wanspec.controller.Worker;
import io.wanspec.controller.placement.PlacementDecision;
import java.util.List;

/**
 * Who may draft for a session.
 *
 * @param workers remote ones first, the better before the worse; those that stand by say so
 * @param decision why, of the remote ones
 */
public record PlacedWorkers(List<Worker> workers, PlacementDecision decision) {
    public PlacedWorkers {
        workers = List.copyOf(workers);
    }
}
