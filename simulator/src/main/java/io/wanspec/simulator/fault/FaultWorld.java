package io.wanspec.simulator.fault;

import io.wanspec.controller.Event;
import io.wanspec.simulator.world.VirtualTime;
import java.util.function.Consumer;

/**
 * What a session's target and workers share.
 *
 * @param fault the case
 * @param controller where events go, at their time
 */
record FaultWorld(FaultCase fault, VirtualTime time, Consumer<Event> controller) {
    Chances random() {
        return fault.random();
    }
}
