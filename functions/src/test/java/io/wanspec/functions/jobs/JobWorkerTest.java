package io.wanspec.functions.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.SessionId;
import io.wanspec.functions.settings.JobSettings;
import io.wanspec.functions.trace.RequestTrace;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** Batches of deliveries; what is asked of the queue is written down. */
@Timeout(180)
final class JobWorkerTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final RequestTrace TRACE = RequestTrace.fresh();
    private static final JobOrigin ORIGIN =
            new JobOrigin(Optional.of(Instant.parse("2026-11-01T12:00:00Z")), Optional.of(TRACE));
    private final Written queue = new Written();
    private final List<List<SettledDelivery>> worked = new ArrayList<>();

    @Test
    void onlyWhatFailedStaysInTheQueue() throws Exception {
        JobWorker worker = worker((session, stop) -> {
            if (session.value().equals("bad")) {
                throw new IllegalStateException("secret of the prompt");
            }
            return new JobOutcome.Done();
        });

        assertThat(worker.work(List.of(delivery("good", 1), delivery("bad", 2)), LONG))
                .containsExactly("m-bad");

        assertThat(worked.getFirst())
                .extracting(SettledDelivery::fate)
                .containsExactly(JobFate.DONE, JobFate.GIVEN_BACK);
        assertThat(worked.getFirst()).extracting(SettledDelivery::redelivered).containsExactly(false, true);
        assertThat(queue.asked).contains("keep bad PT30S", "keep good PT30S", "keep bad PT2S");
        assertThat(String.join(" ", queue.asked)).doesNotContain("secret", "bury", "send");
    }

    @Test
    void poisonIsPutAwayUntriedWithItsReason() throws Exception {
        JobWorker worker = worker((session, stop) -> {
            throw new AssertionError("it must not be tried");
        });

        assertThat(worker.work(List.of(delivery("killer", 6)), LONG)).isEmpty();

        assertThat(queue.asked).contains("bury killer was delivered 6 times, and no worker lived to say how it ended");
    }

    @Test
    void nearItsTimeLimitWorkIsHandedOverToAFreshMessageOfTheSameCaller() throws Exception {
        JobWorker worker = worker((session, stop) -> {
            var stopped = new CountDownLatch(1);
            stop.onAsked(stopped::countDown);
            stopped.await();
            return new JobOutcome.HandedOver();
        });

        assertThat(worker.work(
                        List.of(delivery("long", 1)), Duration.ofSeconds(15).plusMillis(50)))
                .isEmpty();

        assertThat(queue.asked).contains("send long 1 caller PT0S");
    }

    @Test
    void workIsDoneInTheNameOfTheRequestThatMadeIt() throws Exception {
        JobWorker worker = worker((session, stop) -> {
            assertThat(RequestTrace.current()).contains(TRACE);
            assertThat(MDC.get(RequestTrace.TRACE_KEY)).isEqualTo(TRACE.trace().hex());
            return new JobOutcome.Done();
        });

        assertThat(worker.work(List.of(delivery("a", 1)), LONG)).isEmpty();
    }

    @Test
    void whoeverGoesOnIsToldWhereTheJobComesFrom() throws Exception {
        worker((session, stop) -> new JobOutcome.HandedOver()).work(List.of(delivery("a", 1)), LONG);

        assertThat(queue.sent).extracting(JobMessage::origin).containsExactly(ORIGIN);
    }

    @Test
    void aQueueThatCannotBeReachedLosesNothing() throws Exception {
        queue.broken = true;
        JobWorker worker = worker((session, stop) -> new JobOutcome.HandedOver());

        assertThat(worker.work(List.of(delivery("a", 1)), LONG)).containsExactly("m-a");
    }

    @Test
    void whatTheQueueDoesNotTakeIsHandedBackSoon() throws Exception {
        queue.takesNothing = true;
        JobWorker worker = worker((session, stop) -> new JobOutcome.Later("no model", Duration.ofSeconds(7)));

        assertThat(worker.work(List.of(delivery("a", 1)), LONG)).containsExactly("m-a");

        assertThat(queue.asked).containsExactly("keep a PT30S", "keep a PT7S");
    }

    @Test
    void workThatIsAskedToStopBeforeItBeginsIsAskedAllTheSame() throws Exception {
        JobWorker worker = worker((session, stop) -> {
            var stopped = new CountDownLatch(1);
            stop.onAsked(stopped::countDown);
            stopped.await();
            return new JobOutcome.HandedOver();
        });

        assertThat(worker.work(List.of(delivery("a", 1)), Duration.ZERO)).isEmpty();
    }

    private JobWorker worker(JobRunner runner) {
        return new JobWorker(
                runner,
                queue,
                new JobSettings(
                        "us-east-1",
                        null,
                        URI.create("https://queue"),
                        URI.create("https://dead"),
                        JobSettings.VISIBILITY_DEFAULT,
                        JobSettings.DELIVERIES_MAX_DEFAULT,
                        JobSettings.HAND_OVER_DEFAULT),
                worked::add);
    }

    private static Delivery delivery(String session, int number) {
        return new Delivery(
                "m-" + session,
                "handle",
                JobMessage.first(new SessionId(session), ORIGIN).write(),
                number,
                Optional.of(new CallerId("caller")));
    }

    private static final class Written implements Deliveries {
        final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<JobMessage> sent = new ConcurrentLinkedQueue<>();
        volatile boolean broken;
        volatile boolean takesNothing;

        @Override
        public void keep(Delivery delivery, Duration time) {
            note("keep " + delivery.messageId().substring(2) + " " + time);
        }

        @Override
        public void send(JobMessage message, Optional<CallerId> caller, Duration delay) {
            if (takesNothing) {
                throw new JobQueueException("full", null);
            }
            sent.add(message);
            note("send " + message.session() + " " + message.turn() + " "
                    + caller.orElseThrow().value() + " " + delay);
        }

        @Override
        public void bury(Delivery delivery, String reason) {
            note("bury " + delivery.messageId().substring(2) + " " + reason);
        }

        private void note(String what) {
            if (broken) {
                throw new JobQueueException("broken", null);
            }
            asked.add(what);
        }
    }
}
