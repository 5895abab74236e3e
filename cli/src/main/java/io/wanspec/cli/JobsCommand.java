package io.wanspec.cli;

import io.wanspec.functions.jobs.DeadLetters;
import io.wanspec.functions.jobs.JobQueueException;
import io.wanspec.functions.jobs.SqsClients;
import io.wanspec.functions.settings.JobSettings;
import io.wanspec.local.functions.JobQueues;
import io.wanspec.local.functions.LocalAws;
import io.wanspec.local.launch.LaunchException;
import io.wanspec.local.launch.LocalTable;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** {@code wanspec jobs} and its subcommands. */
@Command(
        name = "jobs",
        description =
                "Shows background jobs that nobody could do, and puts them back on the queue (see docs/functions.md).",
        synopsisSubcommandLabel = "(list | redrive)")
final class JobsCommand {
    private static final int JOBS_MAX = 100;

    private JobsCommand() {}

    static JobsCommand group() {
        return new JobsCommand();
    }

    /** Which queues; those of the local cloud that runs, unless some are named. */
    static final class Queues {
        @Option(names = "--queue", paramLabel = "URL", description = "The queue of jobs (default: the local cloud's).")
        private @Nullable URI queue;

        @Option(names = "--dead-letters", paramLabel = "URL", description = "The queue of dead letters.")
        private @Nullable URI letters;

        @Option(names = "--region", paramLabel = "REGION", description = "The queues' region.")
        private @Nullable String region;

        private int use(CliContext context, Use use) throws LaunchException {
            boolean local = queue == null && letters == null && region == null;
            JobSettings settings = local ? local(context) : named();
            AwsCredentialsProvider credentials = local
                    ? LocalAws.credentials()
                    : DefaultCredentialsProvider.builder().build();
            try (SqsAsyncClient client = SqsClients.of(settings, credentials)) {
                use.letters(new DeadLetters(client, settings));
                return ExitCodes.OK;
            } catch (JobQueueException e) {
                throw new LaunchException(String.valueOf(e.getMessage()));
            }
        }

        private static JobSettings local(CliContext context) throws LaunchException {
            LocalTable table = LocalTable.find(context.home())
                    .orElseThrow(() -> new LaunchException("no local cloud runs. Start one with './wanspec up', or name"
                            + " queues with --queue, --dead-letters and --region"));
            var queues = new JobQueues(new LocalAws(table.endpoint(), table.region()));
            return settings(table.region(), table.endpoint(), queues.jobs(), queues.deadLetters());
        }

        private JobSettings named() throws LaunchException {
            if (queue == null || letters == null || region == null) {
                throw new LaunchException("--queue, --dead-letters and --region belong together; give all three");
            }
            return settings(region, null, queue, letters);
        }

        private static JobSettings settings(String region, @Nullable URI override, URI queue, URI letters) {
            return new JobSettings(
                    region,
                    override,
                    queue,
                    letters,
                    JobSettings.VISIBILITY_DEFAULT,
                    JobSettings.DELIVERIES_MAX_DEFAULT,
                    JobSettings.HAND_OVER_DEFAULT);
        }
    }

    /** What is done with dead letters. */
    private interface Use {
        void letters(DeadLetters letters);
    }

    /** {@code wanspec jobs list}. */
    @Command(name = "list", description = "Shows the first hundred jobs that nobody could do, and why.")
    static final class ListJobs implements Callable<Integer> {
        private final CliContext context;

        @Mixin
        private Queues queues = new Queues();

        ListJobs(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws LaunchException {
            return queues.use(context, letters -> show(letters.list(JOBS_MAX)));
        }

        private void show(List<DeadLetters.Letter> letters) {
            Console console = context.console();
            letters.forEach(letter -> console.print(letter.body() + "  " + letter.reason()));
            console.print(letters.size() == JOBS_MAX ? "There may be more." : "Jobs: " + letters.size());
        }
    }

    /** {@code wanspec jobs redrive}. */
    @Command(name = "redrive", description = "Puts the first hundred of them back on the queue.")
    static final class Redrive implements Callable<Integer> {
        private final CliContext context;

        @Mixin
        private Queues queues = new Queues();

        Redrive(CliContext context) {
            this.context = context;
        }

        @Override
        public Integer call() throws LaunchException {
            return queues.use(
                    context,
                    letters ->
                            context.console().print("Jobs that are on the queue again: " + letters.redrive(JOBS_MAX)));
        }
    }
}
