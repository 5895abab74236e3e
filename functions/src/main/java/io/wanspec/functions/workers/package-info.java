/** Draft workers on site: the tokens that let them in, the tickets that they get, and the list of those that are there. */
@NullMarked
package io.wanspec.functions.workers;

import org.jspecify.annotations.NullMarked;
