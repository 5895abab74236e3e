/** Whether two sides of a link fit together; judged here and nowhere else. */
@NullMarked
package io.wanspec.contracts.compatibility;

import org.jspecify.annotations.NullMarked;
