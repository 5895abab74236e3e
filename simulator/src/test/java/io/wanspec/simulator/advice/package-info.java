@NullMarked
package io.wanspec.simulator.advice;

import org.jspecify.annotations.NullMarked;
