package io.wanspec.functions.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.micronaut.context.ApplicationContextBuilder;
import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.jobs.Delivery;
import io.wanspec.functions.jobs.JobWorker;
import io.wanspec.functions.jobs.SqsJobs;
import io.wanspec.functions.store.SessionStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * <i>worker</i>: generates what waits in the queue of jobs. Its event source mapping must report batch item failures: what is
 * named in the answer stays in the queue, everything else of the batch is deleted.
 */
public final class WorkerFunction extends SnapshotHandler<SQSEvent, SQSBatchResponse> {
    /** Long enough for nothing. */
    private static final Duration REHEARSAL = Duration.ofMinutes(1);

    /** Of an invocation that has done its jobs; hand-overs leave more. */
    private static final Duration FLUSH = Duration.ofSeconds(3);

    @Inject
    @Nullable
    JobWorker worker;

    @Inject
    @Nullable
    SessionStore store;

    @Inject
    @Nullable
    InvocationTime time;

    @Override
    public SQSBatchResponse execute(SQSEvent event) {
        try {
            List<String> kept = Injected.of(worker)
                    .work(
                            event.getRecords().stream()
                                    .map(WorkerFunction::delivery)
                                    .toList(),
                            Injected.of(time).left());
            // The environment is frozen once this is answered, and with it what gives budgets back.
            applicationContext.findBean(Budgets.class).ifPresent(budgets -> budgets.flush(FLUSH));
            return new SQSBatchResponse(kept.stream().map(BatchItemFailure::new).toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the environment is shutting down", e);
        }
    }

    /** Looks for a session that there is not, and does none of no jobs. */
    @Override
    void rehearse() throws InterruptedException {
        var _ = Injected.of(store).head(new SessionId("sess_rehearsal"));
        var _ = Injected.of(worker).work(List.of(), REHEARSAL);
    }

    @Override
    protected ApplicationContextBuilder newApplicationContextBuilder() {
        return LambdaContexts.builder();
    }

    private static Delivery delivery(SQSEvent.SQSMessage message) {
        var attributes = message.getAttributes();
        return new Delivery(
                message.getMessageId(),
                message.getReceiptHandle(),
                message.getBody(),
                Integer.parseInt(attributes.getOrDefault("ApproximateReceiveCount", "1")),
                SqsJobs.caller(attributes.get("MessageGroupId")));
    }
}
