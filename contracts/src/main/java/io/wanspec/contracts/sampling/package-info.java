/** The seed-coupled (drafter-invariant) sampling rule: the one place where a token is chosen. */
@NullMarked
package io.wanspec.contracts.sampling;

import org.jspecify.annotations.NullMarked;
