/** From JSON Schema and tools to the grammars of texts that fit them. */
@NullMarked
package io.wanspec.functions.schema;

import org.jspecify.annotations.NullMarked;
