package io.wanspec.functions.http;

import io.micronaut.context.env.Environment;
import io.micronaut.http.HttpResponse;
import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.SessionId;
import io.wanspec.controller.SeenText;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.follow.RecordedText;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.jobs.Job;
import io.wanspec.functions.jobs.JobQueue;
import io.wanspec.functions.jobs.JobQueueException;
import io.wanspec.functions.responses.ResponseHead;
import io.wanspec.functions.responses.ResponseRecord;
import io.wanspec.functions.responses.ResponseState;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.LambdaHost;
import io.wanspec.functions.table.Write;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Responses that workers make: put on the queue, and told of as far as they have come. */
@Singleton
final class BackgroundResponses {
    private final Optional<JobQueue> queue;
    private final Texts texts;
    private final boolean standsStill;

    BackgroundResponses(Optional<JobQueue> queue, Texts texts, Environment environment) {
        this.queue = queue;
        this.texts = texts;
        this.standsStill = LambdaHost.isIn(environment);
    }

    /** Refuses background work where there is no queue. */
    void check(ResponseRequest request) {
        if (request.options().background() && queue.isEmpty()) {
            throw ApiException.unsupported(
                    "background",
                    "'background' needs a queue, and this server has none. Leave it out, or configure"
                            + " 'wanspec.jobs.queue'.");
        }
    }

    /** The record first: whoever takes the job reads it. The worker makes the answer, and settles what it used. */
    void enqueue(PreparedRequest prepared) {
        TableCalls.run(() -> prepared.recorded(() -> {
            texts.queue(prepared.session());
            return new Write.Done(null);
        }));
        enqueueRecorded(prepared);
    }

    /** One whose record there is. */
    void enqueueRecorded(PreparedRequest prepared) {
        SessionRequest session = prepared.session();
        try {
            put(new Job(session.generation().session(), session.account().caller()));
        } catch (ApiException e) {
            TableCalls.run(() -> texts.delete(session.generation().session()));
            prepared.forgotten();
            throw e;
        }
    }

    private void put(Job job) {
        try {
            queue.orElseThrow().enqueue(job);
        } catch (JobQueueException e) {
            throw ApiException.unavailable("queue_unavailable", "The queue of background work cannot be reached now.");
        }
    }

    /**
     * Has a response that nobody makes any more gone on with: by a worker, if nothing goes on here once this is answered. However
     * often it is asked for, a worker is told once, and seldom again while none does.
     */
    void goOn(ResponseRecord record) {
        SessionId session = record.head().id().session();
        if (standsStill && queue.isPresent()) {
            var job = new Job(
                    session,
                    caller(record.owner()),
                    Optional.of(Instant.ofEpochSecond(record.head().createdSeconds())));
            TableCalls.run(() -> texts.askOnce(session, () -> put(job)));
        } else {
            TableCalls.run(() -> texts.resume(session));
        }
    }

    private static Optional<CallerId> caller(Ownership owner) {
        return owner.equals(Ownership.nobody()) ? Optional.empty() : Optional.of(new CallerId(owner.owner()));
    }

    HttpResponse<?> state(ResponseHead head) {
        Optional<RecordedText> text = TableCalls.call(() -> texts.find(head.id().session()));
        return text.isPresent()
                ? ResponseAnswer.of(head, text.get())
                : ResponseAnswer.of(
                        head, new ResponseState(ResponseState.Phase.QUEUED, SeenText.none(), Optional.empty()));
    }
}
