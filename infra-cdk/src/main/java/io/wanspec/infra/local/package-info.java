/** The same stacks in a local cloud: what differs there, and how they get there. */
@NullMarked
package io.wanspec.infra.local;

import org.jspecify.annotations.NullMarked;
