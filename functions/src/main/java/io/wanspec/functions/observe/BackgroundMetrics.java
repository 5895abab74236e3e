package io.wanspec.functions.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.wanspec.functions.jobs.QueueDepth;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Background work for Prometheus: the queue is asked, and what functions did is read from the table, when somebody scrapes. */
public final class BackgroundMetrics {
    private final Glimpse<Optional<QueueDepth>> depth;
    private final Glimpse<FunctionCounts.Reading> counts;
    private final Clock clock;

    public BackgroundMetrics(Supplier<QueueDepth> queue, FunctionCounts counts, Clock clock) {
        this(queue, counts, clock, task -> Thread.ofVirtual().name("glimpse").start(task));
    }

    /** @param beside asks queue and table */
    BackgroundMetrics(Supplier<QueueDepth> queue, FunctionCounts counts, Clock clock, Executor beside) {
        this.depth = new Glimpse<>(() -> Optional.of(queue.get()), Optional.empty(), System::nanoTime, beside);
        this.counts = new Glimpse<>(counts::read, FunctionCounts.Reading.NOTHING, System::nanoTime, beside);
        this.clock = clock;
    }

    /** Adds its meters. */
    public void bind(MeterRegistry registry) {
        gauge(registry, "wanspec.jobs.waiting", "Jobs that a worker can take now", QueueDepth::waiting);
        gauge(registry, "wanspec.jobs.delayed", "Jobs that wait for their time", QueueDepth::delayed);
        gauge(registry, "wanspec.jobs.running", "Jobs that are with a worker", QueueDepth::underWay);
        gauge(registry, "wanspec.jobs.dead", "Jobs that nobody could do", QueueDepth::deadLetters);
        Gauge.builder("wanspec.jobs.oldest.seconds", this, BackgroundMetrics::oldestSeconds)
                .description("Age of the oldest job that a worker took last, while there are any")
                .strongReference(true)
                .register(registry);
        for (Counted what : Counted.values()) {
            FunctionCounter.builder(what.meter(), counts, known -> known.get().of(what))
                    .description(what.description())
                    .register(registry);
        }
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<QueueDepth> value) {
        Gauge.builder(
                        name,
                        depth,
                        known -> known.get().map(value::applyAsDouble).orElse(Double.NaN))
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private double oldestSeconds() {
        Optional<QueueDepth> known = depth.get();
        if (known.isEmpty()) {
            return Double.NaN;
        }
        return known.get().open() == 0
                ? 0
                : counts.get()
                        .oldestSince()
                        .map(since -> Duration.between(since, clock.instant()).toMillis() / 1e3)
                        .orElse(0.0);
    }
}
