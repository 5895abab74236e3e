/** What the controller reads off the tree of known draft tokens. */
@NullMarked
package io.wanspec.controller.tree;

import org.jspecify.annotations.NullMarked;
