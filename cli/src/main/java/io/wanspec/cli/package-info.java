/** The {@code wanspec} command. */
@NullMarked
package io.wanspec.cli;

import org.jspecify.annotations.NullMarked;
