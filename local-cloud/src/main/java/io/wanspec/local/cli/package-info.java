/** The {@code wanspec} command. */
@NullMarked
package io.wanspec.local.cli;

import org.jspecify.annotations.NullMarked;
