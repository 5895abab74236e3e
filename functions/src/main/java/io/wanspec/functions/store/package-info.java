/** The table that remembers sessions; written off the critical path. */
@NullMarked
package io.wanspec.functions.store;

import org.jspecify.annotations.NullMarked;
