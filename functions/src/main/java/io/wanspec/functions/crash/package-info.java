/** Named places at which a test may have this process die; nothing at all in production. */
@NullMarked
package io.wanspec.functions.crash;

import org.jspecify.annotations.NullMarked;
