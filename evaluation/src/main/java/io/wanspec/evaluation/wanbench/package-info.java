/** The benchmark across the emulated wide-area network: the real thing measured, and the simulator's word for it beside it. */
@NullMarked
package io.wanspec.evaluation.wanbench;

import org.jspecify.annotations.NullMarked;
