package io.wanspec.functions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.LinkLoss;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.link.Generations;
import io.wanspec.functions.session.SessionOutcome.Failure;
import io.wanspec.functions.settings.ServingLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A target-only request whose stream breaks: the text goes on, and is the same. */
@Timeout(180)
final class TargetOnlyOrLinkedTest {
    private static final int TOKENS = 7;
    private static final int PROMPT = 2;
    private static final Duration LONG = Duration.ofMinutes(2);

    private static String text(int tokens) {
        return IntStream.range(0, tokens).mapToObj(BrokenTarget::word).collect(Collectors.joining());
    }

    static Stream<Arguments> breaks() {
        return Stream.of(
                Arguments.of(0, LinkLoss.BROKEN, 0),
                Arguments.of(0, null, 1),
                Arguments.of(3, LinkLoss.BROKEN, 2),
                Arguments.of(3, LinkLoss.STARTING, 1),
                Arguments.of(3, LinkLoss.BUSY, 0),
                Arguments.of(6, null, 3));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void theTextGoesOnAndIsTheSame(int before, @Nullable LinkLoss loss, int downFor) throws Exception {
        Told told = run(new BrokenTarget(PROMPT, before, loss, downFor), LONG, List.of());
        assertThat(told.end.join()).isInstanceOfSatisfying(SessionOutcome.Finished.class, finished -> {
            assertThat(finished.reason()).isEqualTo(FinishReason.LENGTH);
            assertThat(finished.ledger().text()).isEqualTo(text(TOKENS));
            assertThat(finished.ledger().targetPasses()).isEqualTo(TOKENS);
        });
        assertThat(told.text).isEqualTo(text(TOKENS));
    }

    @Test
    void whatWasHeldBackAsAStopStringsStartIsNotForgotten() throws Exception {
        Told told = run(new BrokenTarget(PROMPT, 3, LinkLoss.BROKEN, 1), LONG, List.of("w2 w3"));
        assertThat(told.text).isEqualTo(" w0 w1 ");
        assertThat(told.end.join())
                .isInstanceOfSatisfying(
                        SessionOutcome.Finished.class,
                        finished -> assertThat(finished.reason()).isEqualTo(FinishReason.STOP));
    }

    /** A line of its own may say that the text has ended. */
    @Test
    void whatWasHeldBackIsShownWhereTheLastLineHasNoTokens() throws Exception {
        var others = new FakeEndpoints();
        Generations target = (request, listener) -> {
            listener.generated(new Reply.Generated(Tokens.of(1), List.of("so fo"), false, 1));
            listener.generated(new Reply.Generated(Tokens.none(), List.of(), true, 1));
            listener.ended();
            return () -> {};
        };
        var told = new Told();
        try (var sessions = new Sessions(ServingLimits.defaults(), others, target, others, () -> List.of(told));
                var admission = sessions.admit()) {
            admission.start(request(List.of("foo")), told);
            assertThat(told.end.get(90, TimeUnit.SECONDS).ledger().text()).isEqualTo("so fo");
        }
        assertThat(told.text).isEqualTo("so fo");
    }

    @Test
    void aTargetThatStaysAwayEndsItAtItsDeadlineAndSaysSo() throws Exception {
        Told told =
                run(new BrokenTarget(PROMPT, 3, LinkLoss.BROKEN, Integer.MAX_VALUE), Duration.ofSeconds(10), List.of());
        assertThat(told.text).isEqualTo(text(3));
        assertFailed(told, Failure.DEADLINE_EXCEEDED, "it waits for the target: it is down");
    }

    @Test
    void oneThatHasNoInstanceBeforeAnythingHasBegunIsNotWaitedFor() throws Exception {
        Told told = run(new BrokenTarget(PROMPT, 0, LinkLoss.STARTING, 0), LONG, List.of());
        assertFailed(told, Failure.TARGET_STARTING, "it is down");
    }

    @Test
    void oneThatMustNotBeAskedAgainIsNot() throws Exception {
        Told told = run(new BrokenTarget(PROMPT, 3, LinkLoss.FINAL, 0), LONG, List.of());
        assertFailed(told, Failure.TARGET_UNAVAILABLE, "it is down");
        assertThat(told.text).isEqualTo(text(3));
    }

    static Stream<Arguments> strangers() {
        return Stream.of(Arguments.of(FakeEndpoints.OTHER), Arguments.of((ModelIdentity) null));
    }

    /** As in the middle of an update; and an older server does not say. */
    @ParameterizedTest
    @MethodSource("strangers")
    void aTextIsNotGoneOnWithByAnotherModel(@Nullable ModelIdentity says) throws Exception {
        BrokenTarget target = new BrokenTarget(PROMPT, 3, LinkLoss.BROKEN, 0).saying(says);
        Told told = run(target, LONG, List.of());
        assertFailed(told, Failure.TARGET_UNAVAILABLE, "it is down");
        assertThat(told.text).isEqualTo(text(3));
        assertThat(target.opened()).hasValue(0);
        assertThat(told.notes).isEmpty();
    }

    /** It would ignore them, and the request does not say which version it is of; a link does. */
    @Test
    void aServerThatMayKnowNoRulesIsNotBelieved() throws Exception {
        BrokenTarget old = new BrokenTarget(PROMPT, TOKENS, null, 0).saying(null);
        Told told = run(old, ruled(), LONG);
        assertThat(told.notes).singleElement().asString().contains("knows no rules");
        assertThat(old.opened()).hasPositiveValue();
        assertThat(told.text).isEqualTo(text(TOKENS));

        BrokenTarget knows = new BrokenTarget(PROMPT, TOKENS, null, 0);
        assertThat(run(knows, ruled(), LONG).text).isEqualTo(text(TOKENS));
        assertThat(knows.opened()).hasValue(0);
    }

    @Test
    void thatItGoesOnOverALinkIsNoted() throws Exception {
        Told told = run(new BrokenTarget(PROMPT, 3, LinkLoss.BROKEN, 0), LONG, List.of());
        assertThat(told.notes).containsExactly("TARGET_REOPENED it is down");
    }

    @Test
    void whereTheLinkEndsByABugTheFirstHalfIsAccountedFor() throws Exception {
        Told told = run(new BrokenTarget(PROMPT, 3, LinkLoss.BROKEN, -1), LONG, List.of());
        assertThat(told.end.join()).isInstanceOfSatisfying(SessionOutcome.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(Failure.INTERNAL);
            assertThat(failed.ledger().text()).isEqualTo(text(3));
            assertThat(failed.ledger().targetPasses()).isEqualTo(3);
        });
    }

    @Test
    void whoLeavesMeanwhileIsNotWaitedFor() throws Exception {
        var target = new BrokenTarget(PROMPT, 3, LinkLoss.BROKEN, Integer.MAX_VALUE);
        var told = new Told();
        try (var sessions = sessions(target, LONG, told);
                var admission = sessions.admit()) {
            Runnable cancel = admission.start(request(List.of()), told);
            while (target.opened().get() < 2) {
                Thread.sleep(5);
            }
            cancel.run();
            assertThat(told.end.get(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            SessionOutcome.Finished.class,
                            finished -> assertThat(finished.reason()).isEqualTo(FinishReason.CANCELLED));
        }
    }

    private static void assertFailed(Told told, Failure failure, String message) {
        assertThat(told.end.join()).isInstanceOfSatisfying(SessionOutcome.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(failure);
            assertThat(failed.message()).contains(message);
        });
    }

    private static Told run(BrokenTarget target, Duration deadline, List<String> stop) throws Exception {
        return run(target, request(stop), deadline);
    }

    private static Told run(BrokenTarget target, SessionRequest request, Duration deadline) throws Exception {
        var told = new Told();
        try (var sessions = sessions(target, deadline, told);
                var admission = sessions.admit()) {
            admission.start(request, told);
            told.end.get(90, TimeUnit.SECONDS);
        }
        return told;
    }

    private static Sessions sessions(BrokenTarget target, Duration deadline, Told told) {
        ServingLimits defaults = ServingLimits.defaults();
        var limits = new ServingLimits(
                1,
                defaults.mailboxEvents(),
                defaults.maxTokensDefault(),
                deadline,
                defaults.passTimeout(),
                defaults.reopenAttempts(),
                defaults.clientTimeout());
        return new Sessions(limits, target, target, target, () -> List.of(told));
    }

    private static SessionRequest request(List<String> stop) {
        return request(
                new GenerationRequest(new SessionId("s"), Tokens.of(1, 2), SamplingOptions.greedy(), TOKENS, stop));
    }

    private static SessionRequest ruled() {
        var sampling = new SamplingOptions(0, 0, 1, 0, SamplingRules.none(PROMPT));
        return request(new GenerationRequest(new SessionId("s"), Tokens.of(1, 2), sampling, TOKENS, List.of()));
    }

    private static SessionRequest request(GenerationRequest generation) {
        return new SessionRequest(
                generation,
                Speculation.targetOnly(),
                FakeEndpoints.MODEL,
                List.of(),
                new LinkTerms(ProtocolVersion.CURRENT, Map.of(), null),
                Account.nobody(),
                System.nanoTime());
    }

    /** The client's side. */
    private static final class Told implements SessionSink, SessionObserver {
        private final CompletableFuture<SessionOutcome> end = new CompletableFuture<>();
        private final List<String> notes = new CopyOnWriteArrayList<>();
        private String text = "";

        @Override
        public boolean text(List<String> pieces) {
            text += String.join("", pieces);
            return true;
        }

        @Override
        public void ended(SessionOutcome how) {
            end.complete(how);
        }

        @Override
        public void started(SessionRequest request) {}

        @Override
        public void committed(int position, Progress more) {}

        @Override
        public void noted(SessionId session, NoteCode code, String detail) {
            notes.add(code + " " + detail);
        }

        @Override
        public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {}
    }
}
