package io.wanspec.functions.workers;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.Require;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.relay.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A worker on site as it described itself when it joined, or renewed its ticket, the last time. Nothing of it is checked: a worker may
 * lie about all but its token and its site.
 *
 * @param id the token's id, a dot, and a name that the worker gave itself
 * @param token public id of the token that it showed
 * @param site where it is, by the token
 * @param model that it drafts with, as it says
 * @param slots sessions that it takes at once
 * @param busy of those in use
 * @param pass median time of a draft pass, if there were any of late
 * @param toRelay the quickest round trip to the relay, if it was measured
 * @param joinedAt since when it has been there without a gap
 * @param seenAt when it said all this
 */
public record RosterEntry(
        WorkerId id,
        String token,
        String site,
        ModelIdentity model,
        int slots,
        int busy,
        Optional<Duration> pass,
        Optional<Duration> toRelay,
        Instant joinedAt,
        Instant seenAt) {
    public RosterEntry {
        Require.within("slots", slots, 1, Ticket.SLOTS_MAX);
        Require.within("busy", busy, 0, slots);
    }

    /** How long ago it said this. */
    public Duration age(Instant now) {
        return Duration.between(seenAt, now);
    }
}
