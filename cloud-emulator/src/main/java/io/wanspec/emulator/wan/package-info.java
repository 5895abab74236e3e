/**
 * The wide-area network between two regions, as a TCP proxy: delay, jitter, bandwidth, cuts and stalls, strictly in order.
 *
 * <p>{@link io.wanspec.emulator.wan.WanLink} listens; each accepted connection is a {@code WanConnection} with one
 * {@code DelayLine} per direction.
 */
@NullMarked
package io.wanspec.emulator.wan;

import org.jspecify.annotations.NullMarked;
