/** Which regions should draft for a target: what the simulator expects of each, by the hour, in passes, time and money. */
@NullMarked
package io.wanspec.simulator.advice;

import org.jspecify.annotations.NullMarked;
