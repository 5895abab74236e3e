package io.wanspec.endpoints.relay;

import static io.wanspec.endpoints.relay.RelayStage.SEAL;
import static io.wanspec.endpoints.relay.RelayStage.SITE;
import static io.wanspec.endpoints.relay.RelayStage.denied;
import static io.wanspec.endpoints.relay.RelayStage.eventually;
import static io.wanspec.endpoints.relay.RelayStage.heart;
import static io.wanspec.endpoints.relay.RelayStage.open;
import static io.wanspec.endpoints.relay.RelayStage.ready;
import static io.wanspec.endpoints.relay.RelayStage.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.contracts.invoke.Seats;
import io.wanspec.contracts.relay.RelayCodec;
import io.wanspec.contracts.relay.RelayFrame;
import io.wanspec.contracts.relay.RelayFrame.Purpose;
import io.wanspec.contracts.relay.Ticket;
import io.wanspec.contracts.relay.TicketSeal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Functions and workers meet, and nobody else does. */
@Timeout(300)
class RelayTest {
    private RelayStage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new RelayStage();
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    private static DraftFrame.Refused refused(RelayClient function) throws InterruptedException {
        return (DraftFrame.Refused) FrameCodec.decodeDraft(function.next());
    }

    @Test
    void aFunctionAndAWorkerArePairedAndTheirFramesGoThroughAsTheyAre() throws Exception {
        Ticket ticket = ticket("aaaaaaaa", 1);
        heart(stage.welcome(Purpose.CONTROL, ticket));
        RelayClient seat = stage.welcome(Purpose.SESSION, ticket);
        RelayClient function = stage.function(SITE);
        function.send(open());
        assertThat(seat.next()).isEqualTo(open());
        seat.send(ready());
        assertThat(function.next()).isEqualTo(ready());
        byte[] large = ("{\"type\":\"any\",\"of\":\"" + "x".repeat(Limits.FRAME_BYTES_MAX / 2) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 8; i++) {
            function.send(large);
        }
        for (int i = 0; i < 8; i++) {
            assertThat(seat.next()).isEqualTo(large);
        }
        function.close();
        seat.awaitClosed();
        eventually(() -> stage.relay.board().streams() == 1);
    }

    @Test
    void aWorkerThatLeavesIsToldToTheFunctionWhichMayComeAgain() throws Exception {
        Ticket ticket = ticket("aaaaaaaa", 1);
        heart(stage.welcome(Purpose.CONTROL, ticket));
        RelayClient seat = stage.welcome(Purpose.SESSION, ticket);
        RelayClient function = stage.function(SITE);
        function.send(open());
        seat.next();
        seat.send(ready());
        function.next();
        seat.close();
        DraftFrame.Refused refused = refused(function);
        assertThat(refused.code()).isEqualTo(RefusalCode.INTERNAL);
        assertThat(refused.code().isTransient()).isTrue();
        function.awaitClosed();
    }

    @Test
    void nobodyFittingIsSaidSoAndTheFunctionMayComeAgain() throws Exception {
        Ticket ticket = ticket("aaaaaaaa", 1);
        heart(stage.welcome(Purpose.CONTROL, ticket));
        RelayClient function = stage.function("elsewhere");
        function.send(open());
        assertThat(refused(function).code()).isEqualTo(RefusalCode.OVERLOADED);
        RelayClient second = stage.function(SITE);
        second.send(open());
        assertThat(refused(second).reason()).contains("in use");
    }

    @Test
    void aTokenForSomeOwnersSeesTheirSessionsAlone() throws Exception {
        CallerId friend = CallerId.of("key-owner:team-a");
        Ticket any = ticket("aaaaaaaa", 1);
        Ticket ticket = new Ticket(any.worker(), any.token(), any.site(), 1, 100, Set.of(friend), any.expiresAt());
        heart(stage.welcome(Purpose.CONTROL, ticket));
        RelayClient seat = stage.welcome(Purpose.SESSION, ticket);
        for (CallerId other : new CallerId[] {null, CallerId.of("key-owner:team-b")}) {
            RelayClient stranger = stage.function(SITE);
            stranger.send(open(other));
            assertThat(refused(stranger).code()).isEqualTo(RefusalCode.OVERLOADED);
        }
        assertThat(seat.isQuiet()).isTrue();
        RelayClient function = stage.function(SITE);
        function.send(open(friend));
        assertThat(seat.next()).isEqualTo(open(friend));
    }

    @Test
    void whoShowsNoPassIsNoFunction() throws Exception {
        Ticket ticket = ticket("aaaaaaaa", 1);
        heart(stage.welcome(Purpose.CONTROL, ticket));
        RelayClient seat = stage.welcome(Purpose.SESSION, ticket);
        for (String query : new String[] {
            "",
            "?site=" + SITE,
            "?site=" + SITE + "&pass=" + SEAL.pass("other", Instant.now().plusSeconds(60)),
            "?site=" + SITE + "&pass=" + SEAL.pass(SITE, Instant.now().minusSeconds(1)),
            "?site=" + SITE + "&pass=" + SEAL.seal(ticket)
        }) {
            RelayClient imposter = new RelayClient(stage.client, stage.relay.port(), query);
            imposter.send(open());
            assertThat(denied(imposter)).contains("hello");
            imposter.awaitClosed();
        }
        assertThat(seat.isQuiet()).isTrue();
    }

    @Test
    void ticketsThatAreForgedOverOrAnothersOpenNothing() throws Exception {
        Ticket ticket = ticket("aaaaaaaa", 1);
        String sealed = SEAL.seal(ticket);
        for (String bad : new String[] {
            "",
            "x.y",
            sealed.substring(1),
            SEAL.seal(ticket("aaaaaaaa", 1, Duration.ofSeconds(-1))),
            TicketSeal.of("another key that nobody can guess either").seal(ticket)
        }) {
            RelayClient stream = stage.worker(Purpose.CONTROL, bad);
            assertThat(denied(stream)).contains("ticket");
            stream.awaitClosed();
        }
        assertThat(stage.relay.board().workers()).isZero();
        RelayClient control = stage.welcome(Purpose.CONTROL, ticket);
        control.send(RelayCodec.encode(new RelayFrame.Renew(SEAL.seal(ticket("bbbbbbbb", 1)))));
        assertThat(denied(control)).contains("not its own");
        eventually(() -> stage.relay.board().workers() == 0);
    }

    @Test
    void aWorkerIsOutWhenItsTicketIsOverAlsoInMidSession() throws Exception {
        // Long enough for a busy machine to come so far.
        Ticket ticket = ticket("aaaaaaaa", 1, Duration.ofSeconds(8));
        RelayClient control = stage.welcome(Purpose.CONTROL, ticket);
        heart(control);
        RelayClient seat = stage.welcome(Purpose.SESSION, ticket);
        RelayClient function = stage.function(SITE);
        function.send(open());
        seat.next();
        seat.send(ready());
        function.next();
        seat.awaitClosed();
        control.awaitClosed();
        assertThat(refused(function).code()).isEqualTo(RefusalCode.INTERNAL);
        assertThat(stage.relay.board().streams()).isZero();
    }

    @Test
    void noMoreStreamsThanSlotsAndNoneWithoutControl() throws Exception {
        Ticket ticket = ticket("aaaaaaaa", 2);
        RelayClient early = stage.worker(Purpose.SESSION, SEAL.seal(ticket));
        assertThat(denied(early)).contains("control");
        heart(stage.welcome(Purpose.CONTROL, ticket));
        stage.welcome(Purpose.SESSION, ticket);
        stage.welcome(Purpose.SESSION, ticket);
        assertThat(denied(stage.worker(Purpose.SESSION, SEAL.seal(ticket)))).contains("no more sessions");
        stage.welcome(Purpose.CONTROL, ticket);
        assertThat(denied(stage.worker(Purpose.CONTROL, SEAL.seal(ticket)))).contains("already");
    }

    @Test
    void aWorkerThatDoesNotAnswerASessionIsLeftAloneForAWhile() throws Exception {
        try (RelayStage quick = new RelayStage(RelaySettings.of("127.0.0.1", 0)
                .withTimes(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMillis(300)))) {
            Ticket ticket = ticket("aaaaaaaa", 2);
            heart(quick.welcome(Purpose.CONTROL, ticket));
            quick.welcome(Purpose.SESSION, ticket);
            quick.welcome(Purpose.SESSION, ticket);
            long before = System.nanoTime();
            RelayClient function = quick.function(SITE);
            function.send(open());
            assertThat(refused(function).code()).isEqualTo(RefusalCode.INTERNAL);
            assertLeftAlone(quick, before);
        }
    }

    /** Though a seat of it is free; its patience is looked at as of a time, so that no busy machine outlasts it. */
    private static void assertLeftAlone(RelayStage at, long beforeNanos) {
        assertThat(next(at, beforeNanos))
                .isInstanceOfSatisfying(
                        Pick.None.class, none -> assertThat(none.reason()).contains("in use"));
        assertThat(next(at, System.nanoTime() + Standing.LAST.toNanos())).isInstanceOf(Pick.Found.class);
    }

    private static Pick next(RelayStage at, long nanos) {
        var wish = new WorkerWish(SITE, RelayStage.MODEL.tokenizer(), ProtocolVersion.CURRENT, null);
        return at.relay.board().pick(wish, Instant.now(), nanos);
    }

    @Test
    void aWorkerThatEndsASessionIsLeftAloneForAWhile() throws Exception {
        for (boolean answered : new boolean[] {false, true}) {
            Ticket ticket = ticket(answered ? "aaaaaaaa" : "bbbbbbbb", 2);
            RelayClient control = stage.welcome(Purpose.CONTROL, ticket);
            heart(control);
            RelayClient seat = stage.welcome(Purpose.SESSION, ticket);
            RelayClient spare = stage.welcome(Purpose.SESSION, ticket);
            long before = System.nanoTime();
            RelayClient function = stage.function(SITE);
            function.send(open());
            seat.next();
            if (answered) {
                seat.send(ready());
                function.next();
            }
            seat.close();
            assertThat(refused(function).code()).isEqualTo(RefusalCode.INTERNAL);
            assertLeftAlone(stage, before);
            spare.close();
            control.close();
            eventually(() -> stage.relay.workers() == 0);
        }
    }

    @Test
    void aWorkerWhoseSessionTheFunctionEndsServesTheNext() throws Exception {
        Ticket ticket = ticket("aaaaaaaa", 2);
        heart(stage.welcome(Purpose.CONTROL, ticket));
        RelayClient seat = stage.welcome(Purpose.SESSION, ticket);
        stage.welcome(Purpose.SESSION, ticket);
        long before = System.nanoTime();
        RelayClient function = stage.function(SITE);
        function.send(open());
        seat.next();
        seat.send(ready());
        function.next();
        function.close();
        seat.awaitClosed();
        assertThat(next(stage, before)).isInstanceOf(Pick.Found.class);
    }

    @Test
    void aWorkerThatIsSilentIsOut() throws Exception {
        try (RelayStage quick = new RelayStage(RelaySettings.of("127.0.0.1", 0)
                .withTimes(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(5)))) {
            RelayClient control = quick.welcome(Purpose.CONTROL, ticket("aaaaaaaa", 1));
            assertThat(denied(control)).contains("did not answer");
            control.awaitClosed();
            eventually(() -> quick.relay.board().workers() == 0);
        }
    }

    @Test
    void aDescriptionIsAWorkersWhoIsAskedWhetherItIsThere() throws Exception {
        HttpResponse<byte[]> nobody = stage.describe(SITE);
        assertThat(nobody.statusCode()).isEqualTo(424);
        assertThat(((Reply.Failed) RelayStage.reply(nobody)).code()).isEqualTo(ReplyCode.LOADING);
        RelayClient control = stage.welcome(Purpose.CONTROL, ticket("aaaaaaaa", 1));
        assertThat(stage.describe(SITE).statusCode()).as("it does not answer").isEqualTo(424);
        heart(control);
        assertThat(RelayStage.reply(stage.describe(SITE)))
                .isInstanceOfSatisfying(Reply.Description.class, description -> {
                    assertThat(description.model()).isEqualTo(RelayStage.MODEL);
                    assertThat(description.seats())
                            .as("it has no stream to give")
                            .isEqualTo(new Seats(0, 0));
                });
        stage.welcome(Purpose.SESSION, ticket("aaaaaaaa", 1));
        assertThat(RelayStage.reply(stage.describe(SITE)))
                .isInstanceOfSatisfying(
                        Reply.Description.class,
                        description -> assertThat(description.seats()).isEqualTo(new Seats(1, 0)));
        assertThat(stage.describe("elsewhere").statusCode()).isEqualTo(424);
    }

    @Test
    void whoShowsNoPassIsToldOfNoWorkerAndAsksNone() throws Exception {
        try (RelayStage calm = new RelayStage(RelaySettings.of("127.0.0.1", 0)
                .withTimes(Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(5)))) {
            RelayClient control = calm.welcome(Purpose.CONTROL, ticket("aaaaaaaa", 1));
            assertThat(RelayStage.frame(control)).isEqualTo(new RelayFrame.Beat(1));
            for (String pass :
                    new String[] {null, "", SEAL.pass("other", Instant.now().plusSeconds(60))}) {
                assertThat(calm.describe(SITE, pass).statusCode()).isEqualTo(403);
            }
            assertThat(control.isQuiet()).isTrue();
        }
    }

    @Test
    void manyQuestionsCostAWorkerAFewBeats() throws Exception {
        RelayClient control = stage.welcome(Purpose.CONTROL, ticket("aaaaaaaa", 1));
        AtomicInteger beats = new AtomicInteger();
        heart(control, beats);
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        int many = 300;
        for (int i = 0; i < many; i++) {
            answers.add(stage.describeSoon(SITE));
        }
        for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
            assertThat(answer.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
        }
        assertThat(beats.get()).isLessThan(many / 2);
        assertThat(control.isClosed()).isFalse();
    }

    @Test
    void aFloodIsSlowedDownByItsConnectionAndOthersGoOn() throws Exception {
        Ticket ticket = ticket("aaaaaaaa", 2);
        heart(stage.welcome(Purpose.CONTROL, ticket));
        RelayClient flooding = stage.welcome(Purpose.SESSION, ticket);
        RelayClient flooded = stage.function(SITE);
        flooded.send(open());
        flooding.next();
        for (int i = 0; i < 4 * Allowance.BURST_FRAMES; i++) {
            flooding.send(ready());
        }
        RelayClient seat = stage.welcome(Purpose.SESSION, ticket);
        RelayClient function = stage.function(SITE);
        function.send(open());
        seat.next();
        seat.send(ready());
        assertThat(function.next()).isEqualTo(ready());
        for (int i = 0; i < 4 * Allowance.BURST_FRAMES; i++) {
            flooded.next();
        }
        assertThat(function.isClosed() || flooded.isClosed()).isFalse();
    }

    @Test
    void aStreamThatSaysTooMuchBeforeItSaysWhoseItIsEnds() throws Exception {
        RelayClient stream = stage.stream();
        stream.send(("{\"type\":\"hello\",\"ticket\":\"" + "x".repeat(RelayCodec.BYTES_MAX) + "\"}")
                .getBytes(StandardCharsets.UTF_8));
        stream.awaitClosed();
        RelayClient control = stage.welcome(Purpose.CONTROL, ticket("aaaaaaaa", 1));
        control.send(RelayCodec.encode(new RelayFrame.Beat(1_000_000)));
        control.awaitClosed();
        eventually(() ->
                stage.relay.strangers().count() == 0 && stage.relay.board().workers() == 0);
    }

    /** Nor is a message waited for that is never over: nothing is said to who goes on with one, his time is not up. */
    @Test
    void aFirstMessageThatIsNeverOverIsNotKept() throws Exception {
        RelayClient stream = stage.stream();
        for (int i = 0; i < 4; i++) {
            stream.sendPart("x".repeat(RelayCodec.BYTES_MAX / 2).getBytes(StandardCharsets.UTF_8));
        }
        stream.awaitClosed();
        assertThat(stream.isQuiet()).isTrue();
        eventually(() -> stage.relay.strangers().count() == 0);
    }
}
