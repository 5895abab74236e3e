/** Requests that are sent again under the same key have the same effect as the first one. */
@NullMarked
package io.wanspec.functions.idempotency;

import org.jspecify.annotations.NullMarked;
