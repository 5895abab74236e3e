/**
 * How well a draft predicts what its target writes: the program behind {@code wanspec eval-draft} and {@code record}; and how much
 * of its checkpoint a target keeps: the one behind {@code wanspec eval-target}.
 */
@NullMarked
package io.wanspec.endpoints.eval;

import org.jspecify.annotations.NullMarked;
