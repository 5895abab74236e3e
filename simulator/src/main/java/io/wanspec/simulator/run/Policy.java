package io.wanspec.simulator.run;

import io.wanspec.controller.ControllerSettings;

/**
 * A way to speculate, by name.
 *
 * @param sharedProcessor whether busy-region drafts run on the target's own processor
 */
public record Policy(String name, ControllerSettings settings, boolean sharedProcessor) {
    public Policy(String name, ControllerSettings settings) {
        this(name, settings, false);
    }
}
