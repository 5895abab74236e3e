package io.wanspec.contracts.relay;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Require;
import io.wanspec.contracts.WorkerId;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a worker on site may do at the relay, for a short while. Whoever has checked its token seals it ({@link TicketSeal}); the relay,
 * which knows no tokens and no table, believes it.
 *
 * @param worker whose it is
 * @param token public id of the token that was shown
 * @param site whose workers it is among; sessions that may not be seen there are not given to it
 * @param slots most sessions at once
 * @param tokenSlots most sessions at once of all workers with this token together
 * @param callers whose sessions it may see; empty: everybody's that the site may see
 * @param expiresAt from then on it opens nothing, and what it has opened is closed
 */
public record Ticket(
        WorkerId worker,
        String token,
        String site,
        int slots,
        int tokenSlots,
        Set<CallerId> callers,
        Instant expiresAt) {
    /** Most sessions at once of one worker. */
    public static final int SLOTS_MAX = 64;

    /** Most callers that a token may name. */
    public static final int CALLERS_MAX = 32;

    /** How long one is good for: what a revoked token's worker may go on for. */
    public static final int LIFE_SECONDS = 60;

    private static final Pattern TOKEN = Pattern.compile("[0-9a-z]{12}");
    private static final Pattern SITE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public Ticket {
        Require.within("slots", slots, 1, SLOTS_MAX);
        Require.within("tokenSlots", tokenSlots, slots, SLOTS_MAX * SLOTS_MAX);
        Require.atMost("callers", callers.size(), CALLERS_MAX);
        if (!TOKEN.matcher(token).matches() || !isSite(site)) {
            throw new IllegalArgumentException("a ticket names a token and a site");
        }
        callers = Set.copyOf(callers);
    }

    public static boolean isSite(String name) {
        return SITE.matcher(name).matches();
    }

    public boolean isOver(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
