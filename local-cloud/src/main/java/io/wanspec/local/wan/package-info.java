/**
 * The wide-area network between two regions, as a TCP proxy: delay, jitter, bandwidth, cuts and stalls, strictly in order.
 *
 * <p>{@link io.wanspec.local.wan.WanLink} listens; each accepted connection is a {@code WanConnection} with one
 * {@code DelayLine} per direction.
 */
@NullMarked
package io.wanspec.local.wan;

import org.jspecify.annotations.NullMarked;
