/** Programs on this machine: where they are, that they end with this one, what they write. */
@NullMarked
package io.wanspec.emulator.process;

import org.jspecify.annotations.NullMarked;
