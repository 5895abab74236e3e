/** How well a draft foresees what its target writes: the program behind {@code wanspec eval-draft} and {@code record}. */
@NullMarked
package io.wanspec.endpoints.eval;

import org.jspecify.annotations.NullMarked;
