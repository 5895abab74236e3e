package io.wanspec.local.worker;

import java.time.Duration;
import java.util.Optional;

/**
 * How a worker is doing.
 *
 * @param state in words
 * @param slots sessions that it takes at once
 * @param busy of those in use
 * @param sessions so far
 * @param drafts draft tokens that it has sent
 * @param judged of those, what it has seen to be right or wrong
 * @param right of the judged
 * @param bytes of frames, both ways
 * @param pass median time of the last draft passes
 * @param toRelay the quickest round trip to the relay
 */
public record WorkerReport(
        String state,
        int slots,
        int busy,
        long sessions,
        long drafts,
        long judged,
        long right,
        long bytes,
        Optional<Duration> pass,
        Optional<Duration> toRelay) {}
