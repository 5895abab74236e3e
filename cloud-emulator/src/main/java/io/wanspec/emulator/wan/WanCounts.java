package io.wanspec.emulator.wan;

/**
 * What has crossed a link since it was opened.
 *
 * @param toDestinationBytes bytes delivered from those who connected to the destination
 * @param fromDestinationBytes bytes delivered the other way
 * @param connections connections accepted, those refused by a cut not among them
 */
public record WanCounts(long toDestinationBytes, long fromDestinationBytes, long connections) {}
