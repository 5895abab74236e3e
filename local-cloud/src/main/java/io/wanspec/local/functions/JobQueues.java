package io.wanspec.local.functions;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The queue of background work, and the one for what nobody could do. */
public final class JobQueues {
    private static final String JOBS = "wanspec-jobs";
    private static final String DEAD_LETTERS = "wanspec-jobs-dead";

    /** A killed worker's job comes back after this. */
    private static final Duration VISIBILITY = Duration.ofSeconds(30);

    /** More than the worker's own bound: it says why it gives up, the queue does not. */
    private static final int RECEIVED_MAX = 8;

    private final LocalAws aws;

    public JobQueues(LocalAws aws) {
        this.aws = aws;
    }

    /** Where jobs are sent to. */
    public URI jobs() {
        return url(JOBS);
    }

    public URI deadLetters() {
        return url(DEAD_LETTERS);
    }

    /** The name of the queue of jobs for an event source mapping. */
    String jobsArn() {
        return aws.arn("sqs", JOBS);
    }

    /** Makes both. */
    public void make() {
        try (SqsAsyncClient client = aws.client(SqsAsyncClient.builder())) {
            client.createQueue(queue -> queue.queueName(DEAD_LETTERS)).join();
            client.createQueue(queue -> queue.queueName(JOBS)
                            .attributes(Map.of(
                                    QueueAttributeName.VISIBILITY_TIMEOUT,
                                    Long.toString(VISIBILITY.toSeconds()),
                                    QueueAttributeName.REDRIVE_POLICY,
                                    "{\"deadLetterTargetArn\":\"" + aws.arn("sqs", DEAD_LETTERS)
                                            + "\",\"maxReceiveCount\":" + RECEIVED_MAX + "}")))
                    .join();
        }
    }

    private URI url(String name) {
        return aws.endpoint().resolve("/" + LocalAws.ACCOUNT + "/" + name);
    }
}
