/** Draft regions that get slow, are cut off and come back. */
@NullMarked
package io.wanspec.it.placement;

import org.jspecify.annotations.NullMarked;
