/** Tests of timelines as pictures. */
@NullMarked
package io.wanspec.evaluation.timeline;

import org.jspecify.annotations.NullMarked;
