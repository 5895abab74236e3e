/** The one table that functions share: items by partition and sort key, conditional writes, expiry that readers check. */
@NullMarked
package io.wanspec.functions.table;

import org.jspecify.annotations.NullMarked;
