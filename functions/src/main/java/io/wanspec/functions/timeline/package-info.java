/** Timelines of sessions: recorded while they run, kept for a while, shown to their owner. */
@NullMarked
package io.wanspec.functions.timeline;

import org.jspecify.annotations.NullMarked;
