/** Small decisions: how far a window reaches, what a round takes, whether to wait, whether to draft in the busy region. */
@NullMarked
package io.wanspec.controller.policy;

import org.jspecify.annotations.NullMarked;
