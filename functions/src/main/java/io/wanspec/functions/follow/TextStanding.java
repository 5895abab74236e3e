package io.wanspec.functions.follow;

import java.time.Duration;

/**
 * How far a text's record has come.
 *
 * @param begun whether a function has taken it up at all; until then it may be on the queue
 * @param tokens how many are recorded
 * @param ended whether there will be no more
 * @param lapsed whether nobody makes more of it now, and whoever wants to may go on
 * @param left how long that takes at most if whoever makes it is not heard of again
 */
public record TextStanding(boolean begun, int tokens, boolean ended, boolean lapsed, Duration left) {}
