@NullMarked
package io.wanspec.simulator.region;

import org.jspecify.annotations.NullMarked;
