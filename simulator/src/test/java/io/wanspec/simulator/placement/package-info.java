@NullMarked
package io.wanspec.simulator.placement;

import org.jspecify.annotations.NullMarked;
