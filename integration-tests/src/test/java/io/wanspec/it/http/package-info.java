/** The API in plain HTTP and server-sent events, as tests speak to it. */
@NullMarked
package io.wanspec.it.http;

import org.jspecify.annotations.NullMarked;
