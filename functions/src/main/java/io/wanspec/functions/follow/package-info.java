/** Texts that any number of clients read while one session makes them: kept by the session, or read from its record. */
@NullMarked
package io.wanspec.functions.follow;

import org.jspecify.annotations.NullMarked;
