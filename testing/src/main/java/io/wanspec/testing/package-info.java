/** Properties, tried with seeded random inputs: the same ones each time, and others on demand; and what tests of processes share. */
@NullMarked
package io.wanspec.testing;

import org.jspecify.annotations.NullMarked;
