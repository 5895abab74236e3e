/** The unary and response-streaming requests that a model server answers on {@code /invocations}. */
@NullMarked
package io.wanspec.contracts.invoke;

import org.jspecify.annotations.NullMarked;
