package io.wanspec.functions.jobs;

import io.wanspec.contracts.CallerId;
import io.wanspec.functions.settings.JobSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * The queue of jobs in SQS. A standard queue: the group of a message is its caller, which is how such queues serve callers
 * in turn however much one of them has put there; order and deduplication are not asked of it.
 */
public final class SqsJobs implements JobQueue, Deliveries {
    /** Attributes of dead letters. */
    static final String REASON = "reason";

    private static final String NOBODY = "-";
    private static final int REASON_CHARS_MAX = 1000;
    private static final String TEXT = "String";

    private final SqsAsyncClient client;
    private final JobSettings settings;
    private final Clock clock;

    public SqsJobs(SqsAsyncClient client, JobSettings settings, Clock clock) {
        this.clock = clock;
        this.client = client;
        this.settings = settings;
    }

    @Override
    public void enqueue(Job job) {
        JobOrigin origin = JobOrigin.here(job.since().orElseGet(clock::instant));
        send(JobMessage.first(job.session(), origin), job.caller(), Duration.ZERO);
    }

    @Override
    public void send(JobMessage message, Optional<CallerId> caller, Duration delay) {
        var request = message(settings.queue(), message.write(), caller)
                .delaySeconds((int) Math.ceilDiv(delay.toMillis(), 1000))
                .build();
        done("a job cannot be put on the queue", client.sendMessage(request));
    }

    @Override
    public void keep(Delivery delivery, Duration time) {
        int seconds = (int) Math.ceilDiv(time.toMillis(), 1000);
        done(
                "a delivery's time cannot be changed",
                client.changeMessageVisibility(r -> r.queueUrl(settings.queue().toString())
                        .receiptHandle(delivery.handle())
                        .visibilityTimeout(seconds)));
    }

    @Override
    public void bury(Delivery delivery, String reason) {
        URI deadLetters = settings.deadLetters();
        if (deadLetters == null) {
            throw new JobQueueException("there is no queue for dead letters, and this message is one: " + reason, null);
        }
        var request = message(deadLetters, delivery.body(), delivery.caller())
                .messageAttributes(Map.of(REASON, text(reason)))
                .build();
        done("a dead letter cannot be put away", client.sendMessage(request));
    }

    /**
     * Asks both queues. Blocks for a few seconds at most.
     *
     * @throws JobQueueException if they cannot be asked now
     */
    public QueueDepth depth() {
        Map<QueueAttributeName, String> jobs = counts(settings.queue());
        URI dead = settings.deadLetters();
        return new QueueDepth(
                count(jobs, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                count(jobs, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED),
                count(jobs, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                dead == null ? 0 : count(counts(dead), QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    private Map<QueueAttributeName, String> counts(URI queue) {
        return done(
                        "the queue cannot be asked",
                        client.getQueueAttributes(r -> r.queueUrl(queue.toString())
                                .attributeNames(
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED,
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)))
                .attributes();
    }

    private static int count(Map<QueueAttributeName, String> counts, QueueAttributeName name) {
        return Integer.parseInt(counts.getOrDefault(name, "0"));
    }

    static SendMessageRequest.Builder message(URI queue, String body, Optional<CallerId> caller) {
        return SendMessageRequest.builder()
                .queueUrl(queue.toString())
                .messageGroupId(caller.map(CallerId::value).orElse(NOBODY))
                .messageBody(body);
    }

    /** The caller that a message's group stands for. */
    public static Optional<CallerId> caller(@Nullable String group) {
        return group == null || group.equals(NOBODY) ? Optional.empty() : Optional.of(new CallerId(group));
    }

    /** SQS takes XML's characters only, and a bounded number of them. */
    private static MessageAttributeValue text(String value) {
        String printable = value.replaceAll("[^\\p{Print}]", "?");
        String bounded = printable.substring(0, Math.min(printable.length(), REASON_CHARS_MAX));
        return MessageAttributeValue.builder()
                .dataType(TEXT)
                .stringValue(bounded.isEmpty() ? "?" : bounded)
                .build();
    }

    /** Waits for a call. One that takes too long is left alone, not cancelled. */
    static <T> T done(String otherwise, CompletableFuture<T> call) {
        try {
            return call.get(SqsClients.CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new JobQueueException(otherwise + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new JobQueueException(otherwise + ": no answer in " + SqsClients.CALL_TIMEOUT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobQueueException(otherwise + ": interrupted", e);
        }
    }
}
