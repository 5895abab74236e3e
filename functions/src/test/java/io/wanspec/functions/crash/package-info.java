/** Tests of the places at which a process may be made to die. */
@NullMarked
package io.wanspec.functions.crash;

import org.jspecify.annotations.NullMarked;
