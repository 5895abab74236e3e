/** Draft tokens that need no model: what followed the last time that the text went like this. */
@NullMarked
package io.wanspec.controller.lookup;

import org.jspecify.annotations.NullMarked;
