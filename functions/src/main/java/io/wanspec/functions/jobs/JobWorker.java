package io.wanspec.functions.jobs;

import io.wanspec.functions.settings.JobSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does a batch of deliveries, all at once, and says which of them the queue is to keep. */
public final class JobWorker {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);

    /** The most that a queue gives at once. */
    private static final int BATCH_MAX = 10;

    private static final Duration UNSETTLED_PAUSE = Duration.ofSeconds(5);

    private final JobRunner runner;
    private final Deliveries deliveries;
    private final JobSettings settings;
    private final JobObserver observer;

    /** A delivery that is being worked on. */
    private record Begun(Delivery delivery, JobOrigin origin, Future<SettledDelivery> done) {}

    public JobWorker(JobRunner runner, SqsJobs queue, JobSettings settings, JobObserver observer) {
        this(runner, (Deliveries) queue, settings, observer);
    }

    JobWorker(JobRunner runner, Deliveries deliveries, JobSettings settings, JobObserver observer) {
        this.observer = observer;
        this.runner = runner;
        this.deliveries = deliveries;
        this.settings = settings;
    }

    /**
     * Blocks until every delivery is done with.
     *
     * @param left until the time limit
     * @return ids of the messages that stay in the queue
     */
    public List<String> work(List<Delivery> batch, Duration left) throws InterruptedException {
        if (batch.size() > BATCH_MAX) {
            throw new IllegalArgumentException("a batch holds at most " + BATCH_MAX + " messages, was " + batch.size());
        }
        var stop = new StopSignal();
        try (var _ = HandOver.after(left.minus(settings.handOver()), stop);
                var threads = Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("job-", 0).factory())) {
            List<Begun> begun = new ArrayList<>();
            batch.forEach(delivery -> begun.add(begin(threads, delivery, stop)));
            return keptIds(begun);
        }
    }

    /** In the name of the request that made the job: log lines carry it, and so do calls to endpoints. */
    private Begun begin(Executor threads, Delivery delivery, StopSignal stop) {
        JobOrigin origin = JobMessage.origin(delivery.body());
        var work = new FutureTask<>(() -> settle(delivery, origin, stop));
        threads.execute(() -> origin.run(work));
        return new Begun(delivery, origin, work);
    }

    private List<String> keptIds(List<Begun> begun) throws InterruptedException {
        List<String> kept = new ArrayList<>();
        List<SettledDelivery> all = new ArrayList<>();
        for (Begun one : begun) {
            SettledDelivery settled = end(one);
            all.add(settled);
            if (settled.isKept()) {
                kept.add(one.delivery().messageId());
            }
        }
        observer.worked(all);
        return kept;
    }

    private static SettledDelivery end(Begun begun) throws InterruptedException {
        try {
            return begun.done().get();
        } catch (ExecutionException e) {
            LOG.error("A delivery was not settled, and comes again", e.getCause());
            return settled(begun.delivery(), begun.origin(), JobFate.GIVEN_BACK);
        }
    }

    private SettledDelivery settle(Delivery delivery, JobOrigin origin, StopSignal stop) throws InterruptedException {
        Verdict verdict;
        try (var _ = Heartbeat.of(delivery, deliveries, settings.visibility())) {
            verdict = judge(delivery, stop);
        }
        LOG.info("message={} delivery={} age={} {}", delivery.messageId(), delivery.number(), age(origin), verdict);
        try {
            settle(delivery, verdict);
            return settled(delivery, origin, JobFate.of(verdict));
        } catch (JobQueueException e) {
            // It becomes visible again by itself, and what it does happens once however often it comes.
            LOG.warn("message={} comes again: {}", delivery.messageId(), e.getMessage());
            handBack(delivery, verdict);
            return settled(delivery, origin, JobFate.GIVEN_BACK);
        }
    }

    /** What could not be settled need not stay hidden as long as a worker may be silent. */
    private void handBack(Delivery delivery, Verdict verdict) {
        try {
            deliveries.keep(
                    delivery, verdict instanceof Verdict.SendAgain(var _, Duration delay) ? delay : UNSETTLED_PAUSE);
        } catch (JobQueueException e) {
            LOG.debug("message={} comes again when the queue shows it", delivery.messageId(), e);
        }
    }

    private Verdict judge(Delivery delivery, StopSignal stop) throws InterruptedException {
        if (VerdictRule.isPoison(delivery.number(), settings.deliveriesMax())) {
            return new Verdict.Bury(
                    "was delivered " + delivery.number() + " times, and no worker lived to say how it ended");
        }
        JobMessage message;
        try {
            message = JobMessage.read(delivery.body());
        } catch (IllegalArgumentException e) {
            return new Verdict.Bury("cannot be read: " + e.getMessage());
        }
        try {
            return VerdictRule.of(
                    runner.run(message.session(), stop), message, delivery.number(), settings.deliveriesMax());
        } catch (RuntimeException e) {
            LOG.warn("session={} could not be generated", message.session(), e);
            return VerdictRule.ofFailure(e.getClass().getSimpleName(), delivery.number(), settings.deliveriesMax());
        }
    }

    private static SettledDelivery settled(Delivery delivery, JobOrigin origin, JobFate fate) {
        return new SettledDelivery(fate, delivery.number() > 1, origin.since());
    }

    private static String age(JobOrigin origin) {
        return origin.age(Instant.now()).map(Duration::toString).orElse("unknown");
    }

    private void settle(Delivery delivery, Verdict verdict) {
        switch (verdict) {
            case Verdict.Delete() -> {}
            case Verdict.SendAgain(JobMessage message, Duration delay) ->
                deliveries.send(message, delivery.caller(), delay);
            case Verdict.GiveBack(String reason, Duration pause) -> deliveries.keep(delivery, pause);
            case Verdict.Bury(String reason) -> deliveries.bury(delivery, reason);
        }
    }
}
