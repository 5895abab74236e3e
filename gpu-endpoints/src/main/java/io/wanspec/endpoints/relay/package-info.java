/** Joins the streams of functions with those of draft workers on site, both of which dial in. */
@NullMarked
package io.wanspec.endpoints.relay;

import org.jspecify.annotations.NullMarked;
