/** Grammars of schemas against a validator of other hands. */
@NullMarked
package io.wanspec.functions.schema;

import org.jspecify.annotations.NullMarked;
