/** Guesses behind a committed prefix as a tree; used on both sides of a draft link. */
@NullMarked
package io.wanspec.contracts.tree;

import org.jspecify.annotations.NullMarked;
