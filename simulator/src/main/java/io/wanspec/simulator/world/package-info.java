/** Virtual time, the network, the processors, and the sessions that meet there. */
@NullMarked
package io.wanspec.simulator.world;

import org.jspecify.annotations.NullMarked;
