package io.wanspec.functions.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.wanspec.functions.jobs.JobFate;
import io.wanspec.functions.jobs.JobQueueException;
import io.wanspec.functions.jobs.QueueDepth;
import io.wanspec.functions.jobs.SettledDelivery;
import io.wanspec.functions.table.TableModel;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What functions tell of their calls: to CloudWatch, and by the table to Prometheus. */
final class FunctionReportsTest {
    private static final Instant NOW = Instant.parse("2126-11-01T12:00:00Z");
    private static final QueueDepth DEPTH = new QueueDepth(4, 2, 1, 3);

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final List<String> lines = new ArrayList<>();
    private final FunctionCounts counts = new FunctionCounts(new TableModel(clock));
    private final FunctionReports reports =
            new FunctionReports(Optional.of(lines::add), Optional.of(counts), Optional.of(() -> DEPTH), clock);

    @Test
    void aCallOfTheWorkerIsOneLine() throws Exception {
        reports.worked(batch());

        JsonNode line = new JsonMapper().readTree(lines.getFirst());
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions/0/0").asText()).isEqualTo("Function");
        assertThat(line.path("Function").asText()).isEqualTo("worker");
        assertThat(line.path("WorkerRuns").asInt()).isEqualTo(1);
        assertThat(line.path("JobsDone").asInt()).isEqualTo(1);
        assertThat(line.path("JobsFailed").asInt()).isEqualTo(1);
        assertThat(line.path("JobsSentOn").asInt()).isZero();
        assertThat(line.path("JobsRedelivered").asInt()).isEqualTo(1);
        assertThat(line.path("JobAge").asDouble()).isEqualTo(90);
    }

    @Test
    void aCallOfTheSweeperSaysHowMuchThereIsToDo() throws Exception {
        reports.swept(5, 6);

        JsonNode line = new JsonMapper().readTree(lines.getFirst());
        assertThat(line.path("SweeperRuns").asInt()).isEqualTo(1);
        assertThat(line.path("SessionsGivenUp").asInt()).isEqualTo(5);
        assertThat(line.path("SessionsDeleted").asInt()).isEqualTo(6);
        assertThat(line.path("QueueDepth").asInt()).isEqualTo(7);
        assertThat(line.path("DeadLetters").asInt()).isEqualTo(3);
    }

    @Test
    void whoScrapesReadsWhatAllFunctionsDid() {
        reports.worked(batch());
        reports.worked(batch());
        reports.swept(5, 6);
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new BackgroundMetrics(() -> DEPTH, counts, clock, Runnable::run).bind(registry);

        assertThat(registry.scrape().lines())
                .contains(
                        "wanspec_jobs_waiting 4.0",
                        "wanspec_jobs_delayed 2.0",
                        "wanspec_jobs_running 1.0",
                        "wanspec_jobs_dead 3.0",
                        "wanspec_jobs_oldest_seconds 90.0",
                        "wanspec_worker_runs_total 2.0",
                        "wanspec_jobs_done_total 2.0",
                        "wanspec_jobs_failed_total 2.0",
                        "wanspec_jobs_redelivered_total 2.0",
                        "wanspec_sweeper_runs_total 1.0",
                        "wanspec_sessions_given_up_total 5.0",
                        "wanspec_sessions_deleted_total 6.0");
    }

    @Test
    void withoutAQueueNothingIsKnownAndNothingFails() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new BackgroundMetrics(
                        () -> {
                            throw new JobQueueException("away", null);
                        },
                        counts,
                        clock,
                        Runnable::run)
                .bind(registry);

        assertThat(registry.scrape().lines()).contains("wanspec_jobs_waiting NaN", "wanspec_jobs_oldest_seconds NaN");
    }

    @Test
    void whoeverScrapesOftenAsksSeldom() {
        var asked = new AtomicInteger();
        var nanos = new AtomicLong();
        var glimpse = new Glimpse<>(asked::incrementAndGet, 0, nanos::get, Runnable::run);

        assertThat(glimpse.get()).isEqualTo(1);
        nanos.addAndGet(Glimpse.AGE_MAX.toNanos() - 1);
        assertThat(glimpse.get()).isEqualTo(1);
        nanos.addAndGet(1);
        assertThat(glimpse.get()).isEqualTo(2);
    }

    @Test
    void whoLooksGetsTheLastAnswerWhileTheSourceHangs() throws Exception {
        var asked = new AtomicInteger();
        var nanos = new AtomicLong();
        var answers = new Semaphore(1);
        try (var beside = Executors.newVirtualThreadPerTaskExecutor()) {
            var glimpse = new Glimpse<>(
                    () -> {
                        answers.acquireUninterruptibly();
                        return asked.incrementAndGet();
                    },
                    0,
                    () -> nanos.addAndGet(Glimpse.AGE_MAX.toNanos()),
                    beside);
            while (glimpse.get() < 1) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 10; i++) {
                assertThat(glimpse.get()).isEqualTo(1);
            }
            answers.release();
        }
        assertThat(asked).as("once at a time").hasValue(2);
    }

    private static List<SettledDelivery> batch() {
        return List.of(
                new SettledDelivery(JobFate.DONE, false, Optional.of(NOW.minusSeconds(30))),
                new SettledDelivery(JobFate.FAILED, true, Optional.of(NOW.minusSeconds(90))),
                new SettledDelivery(JobFate.GIVEN_BACK, false, Optional.empty()));
    }
}
