/** The model server as a program. */
@NullMarked
package io.wanspec.endpoints;

import org.jspecify.annotations.NullMarked;
