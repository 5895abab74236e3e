/** Many sessions at one target that serves them in batched passes. */
@NullMarked
package io.wanspec.simulator.load;

import org.jspecify.annotations.NullMarked;
