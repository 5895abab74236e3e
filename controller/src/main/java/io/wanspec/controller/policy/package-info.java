/** Small decisions: how long a run, whether to wait, whether to draft in the busy region. */
@NullMarked
package io.wanspec.controller.policy;

import org.jspecify.annotations.NullMarked;
