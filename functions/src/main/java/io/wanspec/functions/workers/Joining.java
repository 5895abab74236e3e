package io.wanspec.functions.workers;

import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.relay.Ticket;
import io.wanspec.contracts.relay.TicketSeal;
import io.wanspec.functions.access.AccessKey;
import io.wanspec.functions.settings.EndpointAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lets workers on site in: whoever shows a token gets a ticket for the relay, and is on the roster. The token is read from the table each
 * time, so that a revoked one gives no further ticket. Blocks, and throws what the table throws.
 */
public final class Joining {
    private final WorkerTokens tokens;
    private final Roster roster;
    private final TicketSeal seal;
    private final EndpointAddress relay;
    private final DialAccess access;
    private final Clock clock;

    /** @param relay where workers dial */
    public Joining(
            WorkerTokens tokens,
            Roster roster,
            TicketSeal seal,
            EndpointAddress relay,
            DialAccess access,
            Clock clock) {
        this.tokens = tokens;
        this.roster = roster;
        this.seal = seal;
        this.relay = relay;
        this.access = access;
        this.clock = clock;
    }

    /** @param tokenId of the token that was shown */
    public JoinOutcome join(String tokenId, JoinRequest request) {
        Instant now = clock.instant();
        Optional<WorkerToken> token =
                tokens.find(tokenId).filter(found -> found.key().stateAt(now) == AccessKey.State.ACTIVE);
        if (token.isEmpty()) {
            return new JoinOutcome.NoToken();
        }
        WorkerId worker = new WorkerId(tokenId + "." + request.instance());
        if (request.leaving()) {
            roster.remove(worker);
            return new JoinOutcome.Left();
        }
        return admit(worker, token.get(), request, now);
    }

    private JoinOutcome admit(WorkerId worker, WorkerToken token, JoinRequest request, Instant now) {
        WorkerScope scope = token.scope();
        List<RosterEntry> there = roster.with(token.key().id());
        List<RosterEntry> others =
                there.stream().filter(entry -> !entry.id().equals(worker)).toList();
        int free = scope.slots() - others.stream().mapToInt(RosterEntry::slots).sum();
        if (others.size() >= scope.workers()) {
            return new JoinOutcome.Full("this token lets " + scope.workers()
                    + " workers in at once, and they are there; make another token, or wait until one has left");
        }
        if (free < 1) {
            return new JoinOutcome.Full(
                    "this token is for " + scope.slots()
                            + " sessions at once, and its other workers have them all; make another token, or give those fewer slots");
        }
        int slots = Math.min(free, request.slots());
        Optional<Instant> before = there.stream()
                .filter(entry -> entry.id().equals(worker))
                .map(RosterEntry::joinedAt)
                .findFirst();
        if (before.isEmpty()) {
            roster.sweep();
        }
        roster.put(new RosterEntry(
                worker,
                token.key().id(),
                scope.site(),
                request.model(),
                slots,
                Math.min(slots, request.busy()),
                request.pass(),
                request.toRelay(),
                before.orElse(now),
                now));
        return admitted(worker, token, slots, request, now);
    }

    private JoinOutcome admitted(WorkerId worker, WorkerToken token, int slots, JoinRequest request, Instant now) {
        WorkerScope scope = token.scope();
        Ticket ticket = new Ticket(
                worker,
                token.key().id(),
                scope.site(),
                slots,
                scope.slots(),
                scope.callers(),
                now.plusSeconds(Ticket.LIFE_SECONDS));
        Optional<JoinOutcome.DialCredentials> credentials =
                request.needsCredentials() ? access.credentials(worker.value()) : Optional.empty();
        return new JoinOutcome.Admitted(ticket, seal.seal(ticket), relay, credentials);
    }
}
