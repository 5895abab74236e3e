/** Tests of experience. */
@NullMarked
package io.wanspec.functions.experience;

import org.jspecify.annotations.NullMarked;
