package io.wanspec.evaluation.demo;

import io.wanspec.contracts.request.Speculation;
import io.wanspec.local.launch.Pace;

/**
 * What the demonstration ran under, for the reader of its figures.
 *
 * @param rttMs round trip between the regions, in milliseconds
 * @param jitterMs mean of what is added to it at random, in milliseconds
 * @param cores how the servers were placed, in words
 * @param slowness how many times as long as the pace and the network say everything took
 */
public record DemoSettings(
        double rttMs,
        double jitterMs,
        Speculation speculation,
        Pace pace,
        String draftModel,
        String cores,
        double slowness) {}
