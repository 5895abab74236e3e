@NullMarked
package io.wanspec.endpoints.eval;

import org.jspecify.annotations.NullMarked;
