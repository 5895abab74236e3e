package io.wanspec.endpoints.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.invoke.Seats;
import io.wanspec.contracts.relay.RelayFrame;
import io.wanspec.contracts.relay.RelayFrame.Purpose;
import io.wanspec.contracts.relay.Ticket;
import io.wanspec.testing.SeededTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who gets whom, in virtual time. */
final class SwitchboardTest {
    private static final Instant START = Instant.parse("2126-01-01T00:00:00Z");
    private static final String TOKEN = "7c1k09xq2mfb";
    private static final int TOKEN_SLOTS = 5;

    /** Each is itself only. */
    private static final class Stream implements Seat {
        private final WorkerId worker;
        private final Purpose purpose;

        Stream(WorkerId worker, Purpose purpose) {
            this.worker = worker;
            this.purpose = purpose;
        }

        @Override
        public void dismiss(String reason) {}
    }

    private static Ticket ticket(int worker, int slots, Instant end) {
        return new Ticket(
                new WorkerId(TOKEN + ".worker0" + worker), TOKEN, "campus", slots, TOKEN_SLOTS, Set.of(), end);
    }

    private static RelayFrame.Hello hello(Purpose purpose, Ticket ticket) {
        return new RelayFrame.Hello(purpose, RelayStage.SEAL.seal(ticket), RelayStage.MODEL, ProtocolVersion.CURRENT);
    }

    private static WorkerWish wish(String site) {
        return new WorkerWish(site, RelayStage.MODEL.tokenizer(), ProtocolVersion.CURRENT, CallerId.of("a"));
    }

    @Test
    void aWorkerIsInForAsLongAsItsLastTicket() {
        Switchboard board = new Switchboard(RelayStage.SEAL);
        Ticket first = ticket(1, 2, START.plusSeconds(60));
        Stream control = new Stream(first.worker(), Purpose.CONTROL);
        assertThat(board.admit(hello(Purpose.CONTROL, first), control, START))
                .isEqualTo(new Admission.Admitted(first.worker()));
        Ticket second = ticket(1, 2, START.plusSeconds(80));
        assertThat(board.renew(first.worker(), RelayStage.SEAL.seal(second), START.plusSeconds(20)))
                .isTrue();
        assertThat(board.over(START.plusSeconds(79))).isEmpty();
        assertThat(board.renew(first.worker(), RelayStage.SEAL.seal(first), START.plusSeconds(30)))
                .as("an older one takes nothing back")
                .isTrue();
        assertThat(board.over(START.plusSeconds(79))).isEmpty();
        assertThat(board.over(START.plusSeconds(80)))
                .extracting(Switchboard.Dismissal::stream)
                .containsExactly(control);
    }

    @Test
    void whoWasStruckIsLeftAloneLongerEachTime() {
        Standing standing = new Standing();
        long now = 0;
        Duration pause = Standing.FIRST;
        for (int strike = 0; strike < 12; strike++) {
            standing.strike(now);
            assertThat(standing.isGood(now + pause.toNanos() - 1)).isFalse();
            now += pause.toNanos();
            assertThat(standing.isGood(now)).isTrue();
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(Standing.LAST) < 0 ? doubled : Standing.LAST;
        }
    }

    /** An idle worker that says of itself what is of no use keeps nobody from those who are. */
    @Test
    void whoIsDescribedIsOfUseToTheAsker() {
        Switchboard board = new Switchboard(RelayStage.SEAL);
        ModelIdentity other = new ModelIdentity("other", "f".repeat(64), "b".repeat(64), 256, 512);
        int oldest = ProtocolVersion.OLDEST.number();
        join(board, 0, other, ProtocolVersion.CURRENT);
        assertThat(described(board)).as("better than none").containsExactly(other);
        join(board, 1, RelayStage.MODEL, new ProtocolVersion(oldest));
        assertThat(board.subjects(question(), START, 0))
                .singleElement()
                .satisfies(subject -> assertThat(subject.protocol().number()).isEqualTo(oldest));
        join(board, 2, RelayStage.MODEL, ProtocolVersion.CURRENT);
        join(board, 3, RelayStage.MODEL, new ProtocolVersion(ProtocolVersion.CURRENT.number() + 6));
        assertThat(board.subjects(question(), START, 0))
                .hasSize(2)
                .allSatisfy(subject -> assertThat(subject.protocol().number())
                        .isGreaterThanOrEqualTo(ProtocolVersion.CURRENT.number()));
        assertThat(described(board)).containsOnly(RelayStage.MODEL);
        assertThat(board.subjects(new SiteQuestion("elsewhere", null, ProtocolVersion.CURRENT), START, 0))
                .isEmpty();
    }

    /** So that sessions go elsewhere while all are taken. A worker without a stream to give has none left. */
    @Test
    void seatsAreThoseOfAllWorkersOfTheSite() {
        Switchboard board = new Switchboard(RelayStage.SEAL);
        assertThat(board.seats(question(), START, 0)).isEqualTo(new Seats(0, 0));
        for (int worker = 0; worker < 2; worker++) {
            Ticket ticket = ticket(worker, 2, START.plusSeconds(60));
            board.admit(hello(Purpose.CONTROL, ticket), new Stream(ticket.worker(), Purpose.CONTROL), START);
            board.admit(hello(Purpose.SESSION, ticket), new Stream(ticket.worker(), Purpose.SESSION), START);
        }
        assertThat(board.seats(question(), START, 0)).isEqualTo(new Seats(4, 2));
        Pick.Found taken = (Pick.Found) board.pick(wish("campus"), START, 0);
        assertThat(board.seats(question(), START, 0)).isEqualTo(new Seats(4, 3));
        board.pick(wish("campus"), START, 0);
        assertThat(board.seats(question(), START, 0)).isEqualTo(new Seats(4, 4));
        Stream stream = (Stream) taken.seat();
        board.leave(stream.worker, stream);
        Ticket ticket = ticket(stream.worker.value().endsWith("0") ? 0 : 1, 2, START.plusSeconds(60));
        board.admit(hello(Purpose.SESSION, ticket), new Stream(ticket.worker(), Purpose.SESSION), START);
        assertThat(board.seats(question(), START, 0)).isEqualTo(new Seats(4, 3));
        assertThat(board.seats(question(), START.plusSeconds(60), 0)).isEqualTo(new Seats(0, 0));
    }

    private static SiteQuestion question() {
        return new SiteQuestion("campus", RelayStage.MODEL.tokenizer(), ProtocolVersion.CURRENT);
    }

    private static List<ModelIdentity> described(Switchboard board) {
        return board.subjects(question(), START, 0).stream()
                .map(Switchboard.Subject::model)
                .toList();
    }

    private static void join(Switchboard board, int worker, ModelIdentity model, ProtocolVersion protocol) {
        Ticket ticket = ticket(worker, 1, START.plusSeconds(60));
        var hello = new RelayFrame.Hello(Purpose.CONTROL, RelayStage.SEAL.seal(ticket), model, protocol);
        assertThat(board.admit(hello, new Stream(ticket.worker(), Purpose.CONTROL), START))
                .isInstanceOf(Admission.Admitted.class);
    }

    /** However workers come and go: nobody has more sessions than slots, and no session is on a stream that another one has. */
    @SeededTest(tries = 300)
    void sessionsStayWithinSlotsAndNoStreamServesTwo(Random random) {
        Switchboard board = new Switchboard(RelayStage.SEAL);
        List<Stream> streams = new ArrayList<>();
        List<Seat> serving = new ArrayList<>();
        Instant now = START;
        long nanos = 0;
        for (int step = 0; step < 60; step++) {
            now = now.plusMillis(random.nextInt(8_000));
            nanos += 1_000_000_000L;
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    Ticket ticket = ticket(random.nextInt(4), 1 + random.nextInt(3), now.plusSeconds(60));
                    Purpose purpose = random.nextBoolean() ? Purpose.CONTROL : Purpose.SESSION;
                    Stream stream = new Stream(ticket.worker(), purpose);
                    if (board.admit(hello(purpose, ticket), stream, now) instanceof Admission.Admitted) {
                        streams.add(stream);
                    }
                }
                case 2 -> {
                    if (board.pick(wish("campus"), now, nanos) instanceof Pick.Found(Seat seat)) {
                        assertThat(serving).doesNotContain(seat);
                        assertThat(streams).contains((Stream) seat);
                        serving.add(seat);
                    }
                    assertThat(board.pick(wish("elsewhere"), now, nanos)).isInstanceOf(Pick.None.class);
                }
                case 3 -> {
                    if (!streams.isEmpty()) {
                        end(board, streams.get(random.nextInt(streams.size())), streams, serving);
                    }
                }
                default -> board.over(now).forEach(over -> end(board, (Stream) over.stream(), streams, serving));
            }
            Map<WorkerId, Integer> seats = new HashMap<>();
            streams.stream()
                    .filter(stream -> stream.purpose == Purpose.SESSION)
                    .forEach(stream -> seats.merge(stream.worker, 1, Integer::sum));
            assertThat(seats.values()).allMatch(count -> count <= 3);
            assertThat(seats.values().stream().mapToInt(Integer::intValue).sum())
                    .isLessThanOrEqualTo(TOKEN_SLOTS);
            assertThat(board.streams()).isEqualTo(streams.size());
            Seats told = board.seats(question(), now, nanos);
            boolean isFull = told.inUse() == told.slots();
            if (isFull) {
                assertThat(board.pick(wish("campus"), now, nanos)).isInstanceOf(Pick.None.class);
            }
        }
        List.copyOf(streams).forEach(stream -> end(board, stream, streams, serving));
        assertThat(board.workers()).isZero();
    }

    private static void end(Switchboard board, Stream stream, List<Stream> streams, List<Seat> serving) {
        board.leave(stream.worker, stream);
        streams.remove(stream);
        serving.remove(stream);
    }
}
