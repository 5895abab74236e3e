/** Tests of the console: how it is served, and what it does in a browser. */
@NullMarked
package io.wanspec.functions.console;

import org.jspecify.annotations.NullMarked;
