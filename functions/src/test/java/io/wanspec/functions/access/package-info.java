/** Tests of keys and what they open. */
@NullMarked
package io.wanspec.functions.access;

import org.jspecify.annotations.NullMarked;
