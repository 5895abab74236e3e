/** A session's timeline: what happened when, as events of a log. */
@NullMarked
package io.wanspec.contracts.timeline;

import org.jspecify.annotations.NullMarked;
