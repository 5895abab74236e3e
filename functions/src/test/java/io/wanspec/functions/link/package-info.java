/** Tests of links. */
@NullMarked
package io.wanspec.functions.link;

import org.jspecify.annotations.NullMarked;
