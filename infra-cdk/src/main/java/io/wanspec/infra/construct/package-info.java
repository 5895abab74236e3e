/** The parts that stacks are made of. */
@NullMarked
package io.wanspec.infra.construct;

import org.jspecify.annotations.NullMarked;
