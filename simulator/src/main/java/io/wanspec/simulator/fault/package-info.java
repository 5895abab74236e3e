/** Seeded schedules of faults around the real controller and the real draft workers, with invariants after every event. */
@NullMarked
package io.wanspec.simulator.fault;

import org.jspecify.annotations.NullMarked;
