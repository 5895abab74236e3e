/** Programs that this one starts: where they are found, how they are watched, and how none is left behind. */
@NullMarked
package io.wanspec.local.process;

import org.jspecify.annotations.NullMarked;
