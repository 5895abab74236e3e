/** What functions learn from their requests, shared by all of them through the table. */
@NullMarked
package io.wanspec.functions.experience;

import org.jspecify.annotations.NullMarked;
