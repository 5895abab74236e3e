/**
 * The pure speculation controller: events (each with its time) in, actions out; no clock, thread, randomness or logger.
 *
 * <p>The contract: feed one event, carry out all the actions it returned, in order, then feed the next. The same events
 * always give the same actions. Replies come back as events only.
 */
@NullMarked
package io.wanspec.controller;

import org.jspecify.annotations.NullMarked;
