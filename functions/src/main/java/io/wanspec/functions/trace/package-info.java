/** By what names a request is known while it is served: in logs, and to the endpoints. */
@NullMarked
package io.wanspec.functions.trace;

import org.jspecify.annotations.NullMarked;
