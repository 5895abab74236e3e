package io.wanspec.evaluation.probe;

import java.time.Duration;
import java.time.Instant;

/** Where a probe has the time from. */
interface ProbeClock {
    ProbeClock REAL = new ProbeClock() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void sleepUntil(Instant time) throws InterruptedException {
            Duration left = Duration.between(now(), time);
            if (left.isPositive()) {
                Thread.sleep(left);
            }
        }
    };

    Instant now();

    void sleepUntil(Instant time) throws InterruptedException;
}
