/** Tests of sessions whose functions are killed. */
@NullMarked
package io.wanspec.functions.resume;

import org.jspecify.annotations.NullMarked;
