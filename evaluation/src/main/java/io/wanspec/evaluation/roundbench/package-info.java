/** What a round costs beside its passes. */
@NullMarked
package io.wanspec.evaluation.roundbench;

import org.jspecify.annotations.NullMarked;
