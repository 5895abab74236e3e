package io.wanspec.evaluation.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Asks endpoints in their slots and logs what comes of it; each endpoint has one request under way at most. */
public final class Probe {
    private final ProbeEndpoints endpoints;
    private final Map<String, String> environment;
    private final IntFunction<ProbeClock> clocks;

    /** Is told of each answer; from any thread. */
    public interface Progress {
        void answered(int done, int of, int failed);
    }

    /**
     * What a run came to.
     *
     * @param planned slots
     * @param answers in the log, of earlier runs too
     * @param failed of them
     */
    public record Outcome(int planned, int answers, int failed) {}

    /**
     * How much is asked.
     *
     * @param perHour of each endpoint
     */
    public record Rate(int perHour, double hours, int maxTokens) {
        public static final int PER_HOUR_MAX = ProbePlan.PER_HOUR_MAX;
        public static final double HOURS_MAX = ProbePlan.HOURS_MAX;
        public static final int TOKENS_MAX = ProbePlan.TOKENS_MAX;
        public static final int REQUESTS_MAX = ProbePlan.REQUESTS_MAX;

        /** Of so many endpoints together. */
        public long requests(int endpoints) {
            return ProbePlan.requests(perHour, hours, endpoints);
        }
    }

    /** @param environment where keys may be */
    public Probe(ProbeEndpoints endpoints, Map<String, String> environment) {
        this(endpoints, environment, _ -> ProbeClock.REAL);
    }

    /** @param clocks of each endpoint */
    Probe(ProbeEndpoints endpoints, Map<String, String> environment, IntFunction<ProbeClock> clocks) {
        this.endpoints = endpoints;
        this.environment = Map.copyOf(environment);
        this.clocks = clocks;
    }

    /** Runs until the last slot is over. Run again with the same rate and file it goes on; slots that have passed are missed. */
    public Outcome run(Rate rate, Path out, Progress progress)
            throws IOException, ProbeException, InterruptedException {
        List<ProbeClient> clients = clients(rate.maxTokens());
        List<ProbePlan.Asked> who =
                endpoints.all().stream().map(ProbeEndpoint::asked).toList();
        Instant now = clocks.apply(0).now();
        ProbePlan asked = new ProbePlan(now, rate.perHour(), rate.hours(), rate.maxTokens(), who);
        try (ProbeLog log = ProbeLog.open(out, asked)) {
            Run run = new Run(log, progress);
            run.all(clients);
            return run.outcome();
        }
    }

    /** All keys are read before anybody is asked. */
    private List<ProbeClient> clients(int maxTokens) throws ProbeException {
        List<ProbeClient> clients = new ArrayList<>();
        for (ProbeEndpoint endpoint : endpoints.all()) {
            clients.add(new ProbeClient(endpoint, endpoint.key().read(environment), maxTokens));
        }
        return clients;
    }

    private final class Run {
        private final ProbeLog log;
        private final Progress progress;
        private final Set<String> done = new HashSet<>();
        private final AtomicInteger answers = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();

        Run(ProbeLog log, Progress progress) {
            this.log = log;
            this.progress = progress;
            log.before().forEach(answer -> {
                done.add(answer.endpoint() + " " + answer.slot());
                count(answer);
            });
        }

        private void all(List<ProbeClient> clients) throws InterruptedException, IOException {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < clients.size(); i++) {
                    int endpoint = i;
                    running.add(threads.submit(() -> {
                        slots(endpoint, clients.get(endpoint), clocks.apply(endpoint));
                        return null;
                    }));
                }
                try {
                    for (Future<?> each : running) {
                        each.get();
                    }
                } catch (ExecutionException e) {
                    throw new IOException("the log cannot be written: " + e.getCause(), e);
                } finally {
                    running.forEach(each -> each.cancel(true));
                }
            }
        }

        private void slots(int endpoint, ProbeClient client, ProbeClock clock)
                throws InterruptedException, IOException {
            ProbePlan plan = log.plan();
            for (int slot = 0; slot < plan.slots(); slot++) {
                Instant time = plan.time(endpoint, slot);
                boolean missed = clock.now().isAfter(time.plus(plan.interval().dividedBy(2)));
                if (missed || done.contains(plan.endpoints().get(endpoint).name() + " " + slot)) {
                    continue;
                }
                clock.sleepUntil(time);
                ProbeAnswer answer = client.ask(slot, clock.now());
                log.add(answer);
                count(answer);
                progress.answered(answers.get(), plan.requests(), failed.get());
            }
        }

        private void count(ProbeAnswer answer) {
            answers.incrementAndGet();
            if (answer.failure() != null) {
                failed.incrementAndGet();
            }
        }

        private Outcome outcome() {
            return new Outcome(log.plan().requests(), answers.get(), failed.get());
        }
    }
}
