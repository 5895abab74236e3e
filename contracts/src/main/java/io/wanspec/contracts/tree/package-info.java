/**
 * The one tree of draft tokens, its columns and its heap; used on both sides of a draft link. Pure data: no clock, thread,
 * randomness or logger.
 */
@NullMarked
package io.wanspec.contracts.tree;

import org.jspecify.annotations.NullMarked;
