package io.wanspec.simulator.fault;

/**
 * One direction of a draft link, as probabilities for each frame.
 *
 * @param delayNanos one way
 * @param jitterNanos most that a frame is later than that
 */
record LinkFaults(double loss, double duplicate, double reorder, long delayNanos, long jitterNanos) {}
