/** Which draft places a session gets: what is measured of them, shared by all functions through the table, and the choice. */
@NullMarked
package io.wanspec.functions.placement;

import org.jspecify.annotations.NullMarked;
