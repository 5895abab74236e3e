/** {@code ./wanspec deploy}. */
@NullMarked
package io.wanspec.infra.command;

import org.jspecify.annotations.NullMarked;
