@NullMarked
package io.wanspec.simulator.load;

import org.jspecify.annotations.NullMarked;
