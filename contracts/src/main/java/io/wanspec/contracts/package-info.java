/**
 * The words that every part of WANSpec shares: ids, token sequences, generation options, the identity of a model.
 *
 * <p>Records validate themselves; whatever holds an instance may rely on its invariants.
 */
@NullMarked
package io.wanspec.contracts;

import org.jspecify.annotations.NullMarked;
