package io.wanspec.controller;

import io.wanspec.contracts.GenerationRequest;
import java.util.List;

/** One session's decisions. */
public final class SpeculationController {
    public SpeculationController(GenerationRequest request, ControllerSettings settings) {}

    /** Takes one event and returns what is to be done, in order. */
    public List<Action> handle(Event event) {
        return List.of();
    }
}
