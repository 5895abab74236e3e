/** Tests of the functions through their HTTP interface. */
@NullMarked
package io.wanspec.functions;

import org.jspecify.annotations.NullMarked;
