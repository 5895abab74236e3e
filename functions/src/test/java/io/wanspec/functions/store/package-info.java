/** Tests of the store. */
@NullMarked
package io.wanspec.functions.store;

import org.jspecify.annotations.NullMarked;
