/** The draft role: drafts ahead of the target, behind whatever it has committed. */
@NullMarked
package io.wanspec.endpoints.draft;

import org.jspecify.annotations.NullMarked;
