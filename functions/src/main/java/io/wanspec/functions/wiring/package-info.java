/** Builds everything from configuration. */
@NullMarked
package io.wanspec.functions.wiring;

import org.jspecify.annotations.NullMarked;
