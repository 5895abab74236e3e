/** Bounded hand-over between a thread that produces and a subscriber that consumes at its own pace. */
@NullMarked
package io.wanspec.functions.flow;

import org.jspecify.annotations.NullMarked;
