package io.wanspec.endpoints.relay;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.relay.RelayFrame;
import io.wanspec.contracts.relay.Ticket;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A worker that is there. Used with the switchboard's lock held. */
final class Member {
    /** One is replaced by the next before SageMaker ends it. */
    static final int CONTROLS_MAX = 2;

    private final ModelIdentity model;
    private final ProtocolVersion protocol;
    private final Set<Seat> controls = new HashSet<>();
    private final Deque<Seat> free = new ArrayDeque<>();
    private final Set<Seat> serving = new HashSet<>();
    private final Standing standing = new Standing();
    private Ticket ticket;
    private long roundTripNanos = Long.MAX_VALUE;

    Member(Ticket ticket, RelayFrame.Hello hello) {
        this.ticket = ticket;
        this.model = hello.model();
        this.protocol = hello.protocol();
    }

    Ticket ticket() {
        return ticket;
    }

    ModelIdentity model() {
        return model;
    }

    Standing standing() {
        return standing;
    }

    void renew(Ticket next) {
        ticket = next.expiresAt().isAfter(ticket.expiresAt()) ? next : ticket;
    }

    boolean saysTheSame(RelayFrame.Hello hello) {
        return model.equals(hello.model()) && protocol.equals(hello.protocol());
    }

    boolean addControl(Seat control) {
        return controls.size() < CONTROLS_MAX && controls.add(control);
    }

    boolean hasControl() {
        return !controls.isEmpty();
    }

    @Nullable
    Seat anyControl() {
        return controls.stream().findAny().orElse(null);
    }

    int seats() {
        return free.size() + serving.size();
    }

    void addFree(Seat seat) {
        free.add(seat);
    }

    boolean hasFree() {
        return !free.isEmpty();
    }

    int free() {
        return free.size();
    }

    Seat take() {
        Seat seat = free.remove();
        serving.add(seat);
        return seat;
    }

    void remove(Seat stream) {
        controls.remove(stream);
        free.remove(stream);
        serving.remove(stream);
    }

    boolean isGone() {
        return controls.isEmpty() && seats() == 0;
    }

    List<Seat> streams() {
        return Stream.of(controls, free, serving)
                .flatMap(streams -> streams.stream())
                .toList();
    }

    void answered(long nanos) {
        roundTripNanos = Math.min(roundTripNanos, nanos);
    }

    long roundTripNanos() {
        return roundTripNanos;
    }

    double load() {
        return (double) serving.size() / ticket.slots();
    }

    boolean isOf(String site, Instant now) {
        return hasControl() && !ticket.isOver(now) && ticket.site().equals(site);
    }

    boolean mayServe(WorkerWish ask, Instant now) {
        return isOf(ask.site(), now)
                && model.tokenizer().equals(ask.tokenizer())
                && (ticket.callers().isEmpty()
                        || (ask.caller() != null && ticket.callers().contains(ask.caller())));
    }

    boolean speaks(ProtocolVersion version) {
        return protocol.number() >= version.number();
    }

    ProtocolVersion protocol() {
        return protocol;
    }
}
