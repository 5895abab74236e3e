/** Tables for a terminal. */
@NullMarked
package io.wanspec.evaluation.table;

import org.jspecify.annotations.NullMarked;
