package io.wanspec.simulator.fault;

/**
 * What happens to a target, as probabilities for each frame that it gets.
 *
 * @param loss the link breaks
 * @param forget the cache is lost
 * @param hang no answer comes
 * @param refusal the link is refused for good
 * @param otherWeights it comes back with other weights
 * @param repeat the answer comes again, later
 */
record TargetFaults(double loss, double forget, double hang, double refusal, double otherWeights, double repeat) {}
