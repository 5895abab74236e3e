/** A day of draft places whose load, ways and presence change, and how well they are chosen. */
@NullMarked
package io.wanspec.simulator.placement;

import org.jspecify.annotations.NullMarked;
