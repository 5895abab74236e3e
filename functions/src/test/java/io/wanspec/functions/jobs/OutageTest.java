package io.wanspec.functions.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.LinkLoss;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.link.Link;
import io.wanspec.functions.link.LinkListener;
import io.wanspec.functions.link.Links;
import io.wanspec.functions.link.WanMeter;
import io.wanspec.functions.resume.HalvesTarget;
import io.wanspec.functions.resume.MortalTable;
import io.wanspec.functions.resume.Resumable;
import io.wanspec.functions.resume.TestTime;
import io.wanspec.functions.session.Continuation;
import io.wanspec.functions.session.LinkTerms;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.JobSettings;
import io.wanspec.functions.settings.ServingLimits;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.store.Claim;
import io.wanspec.functions.store.SessionRecord;
import io.wanspec.functions.store.SessionStatus;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.TableModel;
import io.wanspec.functions.trace.RequestTrace;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Table, target and queue are out while a job is done: it waits for them, and its text is the undisturbed one. */
@Timeout(180)
final class OutageTest {
    private static final SessionId ID = new SessionId("s");
    private static final HalvesTarget TARGET = new HalvesTarget();
    private static final RequestTrace TRACE = RequestTrace.fresh();
    private static final int TOKENS = 14;
    private static final Duration LONG = Duration.ofMinutes(10);

    /** After so many attempts everything works. */
    private static final int TROUBLED_MAX = 8;

    private final TestTime time = new TestTime(Instant.parse("2126-11-01T12:00:00Z"));
    private final PatchyQueue queue = new PatchyQueue(time.instant());
    private final Table table = new TableModel(time);
    private final List<Optional<RequestTrace>> targets = new CopyOnWriteArrayList<>();
    private int attempts;

    @SeededTest(tries = 30)
    void noOutageEndsAJob(Random random) throws Exception {
        String undisturbed = new OutageTest().untilEnded(new Random(0), 0);
        var troubled = new OutageTest();

        assertThat(troubled.untilEnded(random, TROUBLED_MAX)).isEqualTo(undisturbed);

        assertThat(troubled.queue.deadLetters).isEmpty();
    }

    @Test
    void aJobThatTheTargetNeverSurvivesIsPutAwayWithItsReasonAndItsSessionLeft() throws Exception {
        enqueue();
        while (queue.deadLetters.isEmpty()) {
            attempt(table, new FlakyTarget(0, LinkLoss.FINAL));
        }

        assertThat(queue.deadLetters)
                .containsExactly(
                        "was cut off " + VerdictRule.CUT_OFF_MAX + " times without a token more, at last: it is lost");
        assertThat(queue.receive()).isEmpty();
        assertThat(record().status()).isEqualTo(SessionStatus.RUNNING);
    }

    private String untilEnded(Random random, int troubled) throws Exception {
        enqueue();
        while (record().status() == SessionStatus.RUNNING) {
            boolean calm = attempts >= troubled;
            Table seen = calm || random.nextInt(3) > 0
                    ? table
                    : new MortalTable(table, Gen.between(random, 1, 8), random.nextBoolean());
            Links target = calm || random.nextInt(3) > 0
                    ? TARGET
                    : new FlakyTarget(
                            Gen.between(random, 0, 3), random.nextBoolean() ? LinkLoss.FINAL : LinkLoss.STARTING);
            queue.breakDown(!calm && random.nextInt(4) == 0);
            attempt(seen, target);
        }
        queue.breakDown(false);
        // Deliveries of what was done already.
        for (Optional<Delivery> again = queue.receive(); again.isPresent(); again = queue.receive()) {
            work(again.get(), table, TARGET);
        }
        assertThat(record().status()).isEqualTo(SessionStatus.FINISHED);
        assertThat(targets).isNotEmpty().allMatch(Optional.of(TRACE)::equals);
        return String.join("", record().shown());
    }

    private void enqueue() {
        try (var store = store(table)) {
            TRACE.around(() -> store.queue(request(Continuation.fresh()))).run();
        }
        queue.send(JobMessage.first(ID, JobOrigin.unknown()), Optional.empty(), Duration.ZERO);
    }

    private void attempt(Table seen, Links target) throws Exception {
        attempts++;
        work(queue.receive().orElseThrow(() -> new AssertionError("the job is lost")), seen, target);
    }

    /** One function, which does one delivery. */
    private void work(Delivery delivery, Table seen, Links target) throws Exception {
        time.pass(Duration.between(time.instant(), queue.now()));
        try (var store = store(seen);
                var sessions = new Sessions(
                        ServingLimits.defaults(), traced(target), TARGET, TARGET, () -> List.of(store.recorder()))) {
            var worker = new JobWorker(
                    new SessionJobs(id -> resume(store, id), sessions, store), queue, settings(), batch -> {});
            if (worker.work(List.of(delivery), LONG).isEmpty()) {
                queue.delete(delivery);
            }
        }
    }

    private Links traced(Links target) {
        return new Links() {
            @Override
            public Link<TargetFrame> openTarget(LinkListener<TargetFrame> listener) {
                targets.add(RequestTrace.current());
                return target.openTarget(listener);
            }

            @Override
            public Link<DraftFrame> openDraft(WorkerId worker, LinkListener<DraftFrame> listener, WanMeter meter) {
                return target.openDraft(worker, listener, meter);
            }
        };
    }

    private static Resumable resume(SessionStore store, SessionId id) {
        return switch (store.claim(id)) {
            case Claim.Taken(var record) -> {
                var lease = record.head().lease();
                yield new Resumable.Ready(
                        request(new Continuation(record.progress(), lease.owner(), lease.fence(), lease.until())),
                        record);
            }
            case Claim.Held(var left) -> new Resumable.Later("held", left);
            case Claim.Ended(var record) -> new Resumable.Ended(record);
            case Claim.Unknown _ -> new Resumable.Unknown();
        };
    }

    private SessionRecord record() {
        try (var store = store(table)) {
            return store.find(ID).orElseThrow();
        }
    }

    private SessionStore store(Table seen) {
        var settings =
                new StoreSettings("eu-west-1", null, "t", Duration.ofDays(9), false, Duration.ofNanos(1), 1_000_000);
        return new SessionStore(seen, settings, time);
    }

    private static SessionRequest request(Continuation continuation) {
        return new SessionRequest(
                new GenerationRequest(ID, Tokens.of(1, 2, 4), new SamplingOptions(0.8, 0, 1, 77), TOKENS, List.of()),
                Speculation.defaults(),
                ToyLanguage.identity("toy-target", 'a'),
                List.of(),
                new LinkTerms(ProtocolVersion.CURRENT, Map.of(), null),
                Account.nobody(),
                System.nanoTime(),
                continuation);
    }

    private static JobSettings settings() {
        return new JobSettings(
                "us-east-1",
                null,
                URI.create("https://queue"),
                URI.create("https://dead"),
                PatchyQueue.VISIBILITY,
                JobSettings.DELIVERIES_MAX_DEFAULT,
                JobSettings.HAND_OVER_DEFAULT);
    }
}
