package io.wanspec.contracts.request;

/** When the busy region drafts, too, what a remote worker drafts. */
public enum RedundancyKind implements Choice {
    /** Only if no remote worker is given at the start; where one is lost later, the target decodes plainly. */
    NEVER,
    /** All the time. */
    ALWAYS,
    /** As long as the drafts are sure: see {@link Speculation#entropyThresholdNats()}. */
    ENTROPY,
    /** Where a pass is expected to save more than its price: see {@link Speculation#price()}. */
    VALUE
}
