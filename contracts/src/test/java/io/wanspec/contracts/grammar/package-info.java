/** Grammars against dumb twins. */
@NullMarked
package io.wanspec.contracts.grammar;

import org.jspecify.annotations.NullMarked;
