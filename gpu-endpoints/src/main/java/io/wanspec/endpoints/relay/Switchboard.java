package io.wanspec.endpoints.relay;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.invoke.Seats;
import io.wanspec.contracts.relay.RelayFrame;
import io.wanspec.contracts.relay.Ticket;
import io.wanspec.contracts.relay.TicketSeal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which workers are there, on which streams, and who gets whom. It calls nobody: what is to be ended it names. Any thread may use it; pure
 * but for its memory.
 */
final class Switchboard {
    /** The least loaded first, then the nearest. */
    private static final Comparator<Member> PREFERENCE = Comparator.comparingDouble(Member::load)
            .thenComparingLong(Member::roundTripNanos)
            .thenComparing(member -> member.ticket().worker().value());

    /** So many that a few which do not answer keep no others out. */
    private static final int SUBJECTS_MAX = 8;

    private final TicketSeal seal;
    private final Map<WorkerId, Member> members = new HashMap<>();

    Switchboard(TicketSeal seal) {
        this.seal = seal;
    }

    /**
     * A description's subject.
     *
     * @param control stream of the worker, over which it can be asked whether it is there
     */
    record Subject(ModelIdentity model, ProtocolVersion protocol, Seat control) {}

    /** A stream to be ended. */
    record Dismissal(Seat stream, String reason) {}

    /** A worker's first word on a stream. */
    synchronized Admission admit(RelayFrame.Hello hello, Seat stream, Instant now) {
        Optional<Ticket> opened = seal.open(hello.ticket(), now);
        if (opened.isEmpty()) {
            return new Admission.Turned("its ticket is over, or not one of this relay");
        }
        Ticket ticket = opened.get();
        Member member = members.getOrDefault(ticket.worker(), new Member(ticket, hello));
        if (!member.saysTheSame(hello)) {
            return new Admission.Turned("it serves another model than it joined with");
        }
        member.renew(ticket);
        String trouble = switch (hello.purpose()) {
            case CONTROL -> member.addControl(stream) ? "" : "it has its streams for control already";
            case SESSION -> seat(member, stream);
        };
        if (!trouble.isEmpty()) {
            return new Admission.Turned(trouble);
        }
        members.put(ticket.worker(), member);
        return new Admission.Admitted(ticket.worker());
    }

    private String seat(Member member, Seat stream) {
        Ticket ticket = member.ticket();
        if (!member.hasControl()) {
            return "it has no stream for control";
        }
        int ofToken = members.values().stream()
                .filter(other -> other.ticket().token().equals(ticket.token()))
                .mapToInt(Member::seats)
                .sum();
        if (member.seats() >= ticket.slots() || ofToken >= ticket.tokenSlots()) {
            return "its token is for no more sessions at once";
        }
        member.addFree(stream);
        return "";
    }

    /** A worker's next ticket. @return false if it is none of its own */
    synchronized boolean renew(WorkerId worker, String sealed, Instant now) {
        Member member = members.get(worker);
        Optional<Ticket> next =
                seal.open(sealed, now).filter(ticket -> ticket.worker().equals(worker));
        next.ifPresent(ticket -> Optional.ofNullable(member).ifPresent(known -> known.renew(ticket)));
        return next.isPresent();
    }

    /** A stream is gone. */
    synchronized void leave(WorkerId worker, Seat stream) {
        Member member = members.get(worker);
        if (member != null) {
            member.remove(stream);
            if (member.isGone()) {
                members.remove(worker);
            }
        }
    }

    /** A worker has answered a beat. */
    synchronized void answered(WorkerId worker, long nanos) {
        Optional.ofNullable(members.get(worker)).ifPresent(member -> member.answered(nanos));
    }

    /** It broke the rules, or let a session wait for nothing. */
    synchronized void strike(WorkerId worker, long nowNanos) {
        Optional.ofNullable(members.get(worker))
                .ifPresent(member -> member.standing().strike(nowNanos));
    }

    /** It has served a session. */
    synchronized void served(WorkerId worker) {
        Optional.ofNullable(members.get(worker))
                .ifPresent(member -> member.standing().served());
    }

    synchronized Pick pick(WorkerWish ask, Instant now, long nowNanos) {
        List<Member> fitting = members.values().stream()
                .filter(member -> member.mayServe(ask, now))
                .toList();
        if (fitting.isEmpty()) {
            return new Pick.None(RefusalCode.OVERLOADED, "no worker of this site that fits is there now");
        }
        List<Member> speaking =
                fitting.stream().filter(member -> member.speaks(ask.protocol())).toList();
        if (speaking.isEmpty()) {
            return new Pick.None(RefusalCode.PROTOCOL_MISMATCH, "the workers of this site speak an older protocol");
        }
        return speaking.stream()
                .filter(member -> member.hasFree() && member.standing().isGood(nowNanos))
                .min(PREFERENCE)
                .<Pick>map(member -> new Pick.Found(member.take()))
                .orElseGet(() -> new Pick.None(RefusalCode.OVERLOADED, "all workers of this site are in use"));
    }

    /**
     * Workers of a site that are there, and of as much use to the asker as any: others may be there, who say of themselves that they are of
     * less. Whoever of them answers is the one to be described.
     */
    synchronized List<Subject> subjects(SiteQuestion ask, Instant now, long nowNanos) {
        return ofMostUse(ask, now, nowNanos).stream()
                .sorted(PREFERENCE)
                .limit(SUBJECTS_MAX)
                .flatMap(member -> Stream.ofNullable(member.anyControl())
                        .map(control -> new Subject(member.model(), member.protocol(), control)))
                .toList();
    }

    /**
     * Of all of these workers together that hold streams for sessions. What such a one has no stream for is as good as taken: it drains, or
     * opens the next.
     */
    synchronized Seats seats(SiteQuestion ask, Instant now, long nowNanos) {
        List<Member> there = ofMostUse(ask, now, nowNanos).stream()
                .filter(member -> member.seats() > 0)
                .toList();
        int slots = there.stream().mapToInt(member -> member.ticket().slots()).sum();
        int free = there.stream().mapToInt(Member::free).sum();
        return new Seats(slots, Math.max(0, slots - free));
    }

    private List<Member> ofMostUse(SiteQuestion ask, Instant now, long nowNanos) {
        List<Member> there = members.values().stream()
                .filter(member ->
                        member.isOf(ask.site(), now) && member.standing().isGood(nowNanos))
                .toList();
        long most = there.stream().mapToLong(ask::use).max().orElse(0);
        return there.stream().filter(member -> ask.use(member) == most).toList();
    }

    /** What is to be ended: all of a worker whose ticket is over. Each of the streams will {@link #leave}. */
    synchronized List<Dismissal> over(Instant now) {
        List<Dismissal> dismissals = new ArrayList<>();
        for (Member member : members.values()) {
            if (member.ticket().isOver(now)) {
                member.streams().forEach(stream -> dismissals.add(new Dismissal(stream, "its ticket is over")));
            }
        }
        return dismissals;
    }

    synchronized int workers() {
        return members.size();
    }

    synchronized int streams() {
        return members.values().stream()
                .map(Member::streams)
                .mapToInt(List::size)
                .sum();
    }
}
