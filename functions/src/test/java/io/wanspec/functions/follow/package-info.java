/** Tests of texts that several clients read. */
@NullMarked
package io.wanspec.functions.follow;

import org.jspecify.annotations.NullMarked;
