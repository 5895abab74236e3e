package io.wanspec.functions.observe;

import io.wanspec.functions.jobs.JobFate;
import io.wanspec.functions.jobs.JobObserver;
import io.wanspec.functions.jobs.QueueDepth;
import io.wanspec.functions.jobs.SettledDelivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of each call of <i>worker</i> and <i>sweeper</i>: by a line for CloudWatch, and in the table for whoever scrapes a host beside
 * them. What cannot be told is left out: it must not harm the work.
 */
public final class FunctionReports implements JobObserver {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionReports.class);
    private static final String FUNCTION = "Function";
    private static final List<List<String>> DIMENSIONS = List.of(List.of(FUNCTION));

    private final Optional<Consumer<String>> lines;
    private final Optional<FunctionCounts> shared;
    private final Optional<Supplier<QueueDepth>> queue;
    private final Clock clock;

    /**
     * @param lines where lines for CloudWatch go
     * @param queue asks how much there is to do
     */
    public FunctionReports(
            Optional<Consumer<String>> lines,
            Optional<FunctionCounts> shared,
            Optional<Supplier<QueueDepth>> queue,
            Clock clock) {
        this.lines = lines;
        this.shared = shared;
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public void worked(List<SettledDelivery> batch) {
        Map<Counted, Long> counts = new EnumMap<>(Counted.class);
        counts.put(Counted.WORKER_RUNS, 1L);
        counts.put(Counted.JOBS_DONE, count(batch, JobFate.DONE));
        counts.put(Counted.JOBS_SENT_ON, count(batch, JobFate.SENT_ON));
        counts.put(Counted.JOBS_FAILED, count(batch, JobFate.FAILED));
        counts.put(
                Counted.JOBS_REDELIVERED,
                batch.stream().filter(SettledDelivery::redelivered).count());
        Optional<Instant> oldest =
                batch.stream().flatMap(one -> one.since().stream()).min(Comparator.naturalOrder());
        EmbeddedLine line = line("worker");
        oldest.ifPresent(since -> line.metric("JobAge", "Seconds", seconds(since)));
        tell(line, new FunctionCounts.Reading(counts, oldest));
    }

    /** After each call of the sweeper, which is called once a minute: so often the queue is asked, too. */
    public void swept(int givenUp, int deleted) {
        EmbeddedLine line = line("sweeper");
        if (lines.isPresent()) {
            depth().ifPresent(
                            depth -> line.count("QueueDepth", depth.open()).count("DeadLetters", depth.deadLetters()));
        }
        tell(
                line,
                new FunctionCounts.Reading(
                        Map.of(
                                Counted.SWEEPER_RUNS, 1L,
                                Counted.SESSIONS_GIVEN_UP, (long) givenUp,
                                Counted.SESSIONS_DELETED, (long) deleted),
                        Optional.empty()));
    }

    private EmbeddedLine line(String function) {
        return new EmbeddedLine(clock.instant(), DIMENSIONS).property(FUNCTION, function);
    }

    private void tell(EmbeddedLine line, FunctionCounts.Reading more) {
        more.counts().forEach((what, number) -> line.count(what.embedded(), number));
        lines.ifPresent(to -> to.accept(line.write()));
        try {
            shared.ifPresent(table -> table.add(more));
        } catch (RuntimeException e) {
            LOG.debug("What was done is not counted", e);
        }
    }

    private Optional<QueueDepth> depth() {
        try {
            return queue.map(Supplier::get);
        } catch (RuntimeException e) {
            LOG.debug("How much there is to do is not known", e);
            return Optional.empty();
        }
    }

    private double seconds(Instant since) {
        return Math.max(0, Duration.between(since, clock.instant()).toMillis()) / 1e3;
    }

    private static long count(List<SettledDelivery> batch, JobFate fate) {
        return batch.stream().filter(one -> one.fate() == fate).count();
    }
}
