/** A small stand-in for SageMaker's runtime and two toy models behind it, on the real wire protocols. */
@NullMarked
package io.wanspec.functions.standin;

import org.jspecify.annotations.NullMarked;
