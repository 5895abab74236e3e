/** The draft tokens that are known, as a tree behind the committed prefix. */
@NullMarked
package io.wanspec.controller.tree;

import org.jspecify.annotations.NullMarked;
