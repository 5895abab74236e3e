/** Scenarios, policies, and the figures of many requests. */
@NullMarked
package io.wanspec.simulator.run;

import org.jspecify.annotations.NullMarked;
