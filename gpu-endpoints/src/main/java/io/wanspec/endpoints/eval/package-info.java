/** How well a draft predicts what its target writes: the program behind {@code wanspec eval-draft} and {@code record}. */
@NullMarked
package io.wanspec.endpoints.eval;

import org.jspecify.annotations.NullMarked;
