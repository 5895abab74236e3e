/** Tests of sessions. */
@NullMarked
package io.wanspec.functions.session;

import org.jspecify.annotations.NullMarked;
