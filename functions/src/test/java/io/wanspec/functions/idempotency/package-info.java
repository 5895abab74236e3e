/** Tests of idempotency keys. */
@NullMarked
package io.wanspec.functions.idempotency;

import org.jspecify.annotations.NullMarked;
