package io.wanspec.functions.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.wanspec.functions.jobs.JobRunner;
import io.wanspec.functions.jobs.JobWorker;
import io.wanspec.functions.jobs.SessionJobs;
import io.wanspec.functions.jobs.SqsClients;
import io.wanspec.functions.jobs.SqsJobs;
import io.wanspec.functions.observe.BackgroundMetrics;
import io.wanspec.functions.observe.FunctionCounts;
import io.wanspec.functions.observe.FunctionReports;
import io.wanspec.functions.resume.Resumption;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.JobSettings;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.store.SessionStore;
import jakarta.inject.Singleton;
import java.time.Clock;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** The parts of background work; without a queue there are none. */
@Factory
@Requires(property = "wanspec.jobs.queue")
final class JobsWiring {
    @Singleton
    JobSettings jobSettings(Environment environment, WanSpecSettings settings) {
        PropertyReader at = new PropertyReader(environment, "wanspec.jobs");
        return new JobSettings(
                at.text("region").orElse(settings.target().region()),
                at.uri("endpoint-override").orElse(null),
                at.uri("queue").orElseThrow(() -> new IllegalArgumentException(at.key("queue") + " must be set")),
                at.uri("dead-letters").orElse(null),
                at.duration("visibility", JobSettings.VISIBILITY_DEFAULT),
                at.integer("max-deliveries", JobSettings.DELIVERIES_MAX_DEFAULT),
                at.duration("hand-over", JobSettings.HAND_OVER_DEFAULT));
    }

    @Bean(preDestroy = "close")
    @Singleton
    SqsAsyncClient sqs(JobSettings settings, AwsCredentialsProvider credentials) {
        return SqsClients.of(settings, credentials);
    }

    @Singleton
    SqsJobs queue(SqsAsyncClient client, JobSettings settings) {
        return new SqsJobs(client, settings, Clock.systemUTC());
    }

    @Singleton
    @Requires(beans = SessionStore.class)
    JobRunner runner(Resumption resumption, Sessions sessions, SessionStore store) {
        return new SessionJobs(resumption, sessions, store);
    }

    @Singleton
    @Requires(beans = JobRunner.class)
    JobWorker worker(JobRunner runner, SqsJobs jobs, JobSettings settings, FunctionReports reports) {
        return new JobWorker(runner, jobs, settings, reports);
    }

    @Singleton
    @Requires(beans = FunctionCounts.class)
    BackgroundMetrics backgroundMetrics(SqsJobs jobs, FunctionCounts counts) {
        return new BackgroundMetrics(jobs::depth, counts, Clock.systemUTC());
    }
}
