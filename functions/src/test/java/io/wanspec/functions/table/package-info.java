/** Tests of the table: what is said to it, and a model of it. */
@NullMarked
package io.wanspec.functions.table;

import org.jspecify.annotations.NullMarked;
