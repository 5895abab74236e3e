/** The one thread that runs every forward pass of the process, and what sessions need to use it. */
@NullMarked
package io.wanspec.endpoints.compute;

import org.jspecify.annotations.NullMarked;
