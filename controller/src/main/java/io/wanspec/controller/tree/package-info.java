/** What the controller reads off the tree of known guesses. */
@NullMarked
package io.wanspec.controller.tree;

import org.jspecify.annotations.NullMarked;
