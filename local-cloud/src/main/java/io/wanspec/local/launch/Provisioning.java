package io.wanspec.local.launch;

import io.wanspec.functions.lambda.SweeperFunction;
import io.wanspec.functions.lambda.WorkerFunction;
import io.wanspec.local.api.ApiSpec;
import io.wanspec.local.functions.FunctionDeployment;
import io.wanspec.local.functions.JobQueues;
import io.wanspec.local.functions.LocalAws;
import io.wanspec.local.functions.LocalFunction;
import io.wanspec.local.functions.SessionsTable;
import io.wanspec.local.models.WanspecHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Makes in an empty emulator what a deployment makes in AWS: the table, the queues, the functions that nobody calls by HTTP.
 *
 * @param settings of the API, which are the functions' too
 * @param home for the functions' logs, and the archive of the API's classes, which are mostly theirs
 */
record Provisioning(LocalApi settings, WanspecHome home) {
    /** Lambda's longest; before its end a worker hands over to the next call. */
    private static final Duration WORKER_LIMIT = Duration.ofMinutes(15);

    private static final Duration SWEEPER_LIMIT = Duration.ofMinutes(1);

    /** @throws RuntimeException if the emulator refuses */
    void make() {
        LocalAws aws = settings.aws();
        JobQueues queues = new JobQueues(aws);
        FunctionDeployment functions = new FunctionDeployment(aws);
        SessionsTable.make(aws);
        queues.make();
        functions.onQueue(function("worker", WorkerFunction.class, WORKER_LIMIT), queues);
        try {
            functions.everyMinute(function("sweeper", SweeperFunction.class, SWEEPER_LIMIT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a schedule was made", e);
        }
    }

    private LocalFunction function(String name, Class<?> handler, Duration limit) {
        return new LocalFunction(
                "wanspec-" + name,
                handler,
                settings.variables(),
                home.logs().resolve(name + ".log"),
                limit,
                ApiSpec.archive(home).used());
    }
}
