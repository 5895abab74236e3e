package io.wanspec.functions.http;

import io.micronaut.http.HttpResponse;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.follow.RecordedText;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.jobs.Job;
import io.wanspec.functions.jobs.JobQueue;
import io.wanspec.functions.jobs.JobQueueException;
import io.wanspec.functions.responses.ResponseHead;
import io.wanspec.functions.responses.ResponseState;
import io.wanspec.functions.session.SessionRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Responses that workers make: put on the queue, and told of as far as they have come. */
@Singleton
final class BackgroundResponses {
    private final Optional<JobQueue> queue;
    private final Texts texts;
    private final Optional<Budgets> budgets;

    BackgroundResponses(Optional<JobQueue> queue, Texts texts, Optional<Budgets> budgets) {
        this.queue = queue;
        this.texts = texts;
        this.budgets = budgets;
    }

    /** Refuses background work where there is no queue. */
    void check(ResponseRequest request) {
        if (request.options().background() && queue.isEmpty()) {
            throw ApiException.unsupported(
                    "background",
                    "'background' needs a queue, and this server has none. Leave it out, or configure 'wanspec.jobs.queue'.");
        }
    }

    /** The record first: whoever takes the job reads it. The worker makes the answer, and settles what it used. */
    void enqueue(SessionRequest session) {
        TableCalls.run(() -> texts.queue(session));
        try {
            queue.orElseThrow()
                    .enqueue(new Job(
                            session.generation().session(), session.account().caller()));
        } catch (JobQueueException e) {
            TableCalls.run(() -> texts.delete(session.generation().session()));
            throw ApiException.unavailable("queue_unavailable", "The queue of background work cannot be reached now.");
        } finally {
            budgets.ifPresent(b -> b.moved(session.generation().session()));
        }
    }

    HttpResponse<?> state(ResponseHead head) {
        Optional<RecordedText> text = TableCalls.call(() -> texts.find(head.id().session()));
        return text.isPresent()
                ? ResponseAnswer.of(head, text.get())
                : ResponseAnswer.of(head, new ResponseState(ResponseState.Phase.QUEUED, List.of(), Optional.empty()));
    }
}
