/** Timelines of sessions as pictures: lanes of characters, and pages. */
@NullMarked
package io.wanspec.evaluation.timeline;

import org.jspecify.annotations.NullMarked;
