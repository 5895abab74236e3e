/** The functions' zips, run as functions. */
@NullMarked
package io.wanspec.it.lambda;

import org.jspecify.annotations.NullMarked;
