/** Draft regions and workers on site that get slow, are cut off or killed, and come back. */
@NullMarked
package io.wanspec.it.placement;

import org.jspecify.annotations.NullMarked;
