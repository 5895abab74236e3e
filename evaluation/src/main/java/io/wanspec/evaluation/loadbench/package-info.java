/** The benchmark under load: many clients at once, in every mode, over HTTP. */
@NullMarked
package io.wanspec.evaluation.loadbench;

import org.jspecify.annotations.NullMarked;
