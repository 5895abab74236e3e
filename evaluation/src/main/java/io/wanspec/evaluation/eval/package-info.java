/**
 * How good a draft is: statistics of what it expected of its target's text, and how they are shown. How much of its checkpoint a target
 * keeps.
 */
@NullMarked
package io.wanspec.evaluation.eval;

import org.jspecify.annotations.NullMarked;
