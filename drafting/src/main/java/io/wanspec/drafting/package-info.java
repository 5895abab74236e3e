/**
 * A draft worker's decisions for one session, as a pure state machine: which draft tokens to look behind next, and what to
 * send. The model server and the simulator drive the same class, {@link io.wanspec.drafting.DraftWorker}.
 */
@NullMarked
package io.wanspec.drafting;

import org.jspecify.annotations.NullMarked;
