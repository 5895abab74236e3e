package io.wanspec.functions.jobs;

import io.wanspec.functions.settings.JobSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** The jobs that nobody could do: to look at, and to be tried again once the reason is gone. */
public final class DeadLetters {
    /** What the queue gives at once. */
    private static final int PAGE = 10;

    /** A letter that is looked at is hidden from others for so long: longer than a look at the most that come one by one. */
    private static final int HIDDEN_SECONDS = 120;

    private final SqsAsyncClient client;
    private final String queue;
    private final String letters;

    public DeadLetters(SqsAsyncClient client, JobSettings settings) {
        this.client = client;
        this.queue = settings.queue().toString();
        this.letters = Objects.requireNonNull(settings.deadLetters(), "there is no queue for dead letters")
                .toString();
    }

    /** @param reason of a message that the queue itself moved here: that it was delivered too often */
    public record Letter(String messageId, String body, String reason) {}

    /** The first letters, at most {@code max} of them. Each is visible to others again afterwards. */
    public List<Letter> list(int max) {
        List<Message> seen = new ArrayList<>();
        take(max, seen::add);
        seen.forEach(this::show);
        return seen.stream().map(DeadLetters::letter).toList();
    }

    /**
     * Puts the letters that are there now back on the queue of jobs as new messages, with all their turns before them, at most
     * {@code max} of them. One that fails in between may be in both queues, which does no harm.
     *
     * @return how many
     */
    public int redrive(int max) {
        // All of them are taken before the first is put back: one that nobody can do still is a dead letter again at
        // once.
        List<Message> there = new ArrayList<>();
        take(max, there::add);
        there.forEach(this::putBack);
        return there.size();
    }

    private void putBack(Message message) {
        var again = SqsJobs.message(URI.create(queue), JobMessage.anew(message.body()), SqsJobs.caller(group(message)));
        SqsJobs.done("a dead letter cannot be put back", client.sendMessage(again.build()));
        SqsJobs.done(
                "a dead letter cannot be deleted",
                client.deleteMessage(r -> r.queueUrl(letters).receiptHandle(message.receiptHandle())));
    }

    private void take(int max, Consumer<Message> use) {
        int taken = 0;
        while (taken < max) {
            List<Message> page = receive(Math.min(PAGE, max - taken));
            if (page.isEmpty()) {
                break;
            }
            page.forEach(use);
            taken += page.size();
        }
    }

    private List<Message> receive(int count) {
        return SqsJobs.done(
                        "the dead letters cannot be read",
                        client.receiveMessage(r -> r.queueUrl(letters)
                                .maxNumberOfMessages(count)
                                .visibilityTimeout(HIDDEN_SECONDS)
                                // Asks all of the queue's servers: a short poll may miss letters.
                                .waitTimeSeconds(1)
                                .messageAttributeNames(SqsJobs.REASON)
                                .messageSystemAttributeNames(MessageSystemAttributeName.MESSAGE_GROUP_ID)))
                .messages();
    }

    private void show(Message message) {
        SqsJobs.done(
                "a dead letter stays hidden for a while",
                client.changeMessageVisibility(r -> r.queueUrl(letters)
                        .receiptHandle(message.receiptHandle())
                        .visibilityTimeout(0)));
    }

    private static Letter letter(Message message) {
        MessageAttributeValue reason = message.messageAttributes().get(SqsJobs.REASON);
        return new Letter(
                message.messageId(), message.body(), reason == null ? "was delivered too often" : reason.stringValue());
    }

    private static @Nullable String group(Message message) {
        return message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID);
    }
}
