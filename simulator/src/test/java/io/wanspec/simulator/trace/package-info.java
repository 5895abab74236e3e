/** Recorded requests, to be replayed in virtual time: what the target wrote, and how well the draft foresaw it. */
@NullMarked
package io.wanspec.simulator.trace;

import org.jspecify.annotations.NullMarked;
