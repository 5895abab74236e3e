/** Functions that are killed, frozen and replaced while clients stream: real processes, real signals. */
@NullMarked
package io.wanspec.it.crash;

import org.jspecify.annotations.NullMarked;
