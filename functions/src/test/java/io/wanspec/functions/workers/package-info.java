/** Tests of how draft workers on site are let in. */
@NullMarked
package io.wanspec.functions.workers;

import org.jspecify.annotations.NullMarked;
