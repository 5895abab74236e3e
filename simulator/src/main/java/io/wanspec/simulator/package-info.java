/** Discrete events in virtual time around the real controller and the real draft workers. */
@NullMarked
package io.wanspec.simulator;

import org.jspecify.annotations.NullMarked;
