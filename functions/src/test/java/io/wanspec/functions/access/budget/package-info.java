/** Tests of budgets, in virtual time and against the table. */
@NullMarked
package io.wanspec.functions.access.budget;

import org.jspecify.annotations.NullMarked;
