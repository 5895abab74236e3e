/** Tests of responses without HTTP. */
@NullMarked
package io.wanspec.functions.responses;

import org.jspecify.annotations.NullMarked;
