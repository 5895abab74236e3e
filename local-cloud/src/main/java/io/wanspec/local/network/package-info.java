/** The local cloud's network, put together: two regions, what lies between them, and the regional services. */
@NullMarked
package io.wanspec.local.network;

import org.jspecify.annotations.NullMarked;
