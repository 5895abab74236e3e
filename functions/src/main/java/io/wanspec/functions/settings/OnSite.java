package io.wanspec.functions.settings;

import io.wanspec.contracts.relay.Ticket;
import io.wanspec.contracts.relay.TicketSeal;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A site whose workers are reached through a relay. It is a place of its own: no region that a key allows makes it one that its prompts
 * may be seen at.
 *
 * @param name as the tokens of its workers have it
 * @param anyPrompt whether prompts of those who name no regions may be seen there
 * @param seal what the relay knows functions by
 */
public record OnSite(String name, boolean anyPrompt, TicketSeal seal) {
    private static final Duration PASS_LIFE = Duration.ofMinutes(2);

    private static final Pattern REGION = Pattern.compile("[a-z]{2,3}(-[a-z]+)+-[0-9]+");

    public OnSite {
        if (!Ticket.isSite(name) || REGION.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a site's name has 1 to 64 of A-Z a-z 0-9 . _ -, and is not that of a region of" + " AWS; '" + name
                            + "' is no such name");
        }
    }

    /** What a link says to the relay before its first frame: nothing in it has to be escaped. */
    public String query(Instant now) {
        return "site=" + name + "&pass=" + pass(now);
    }

    /** What the relay knows a function by. */
    public String pass(Instant now) {
        return seal.pass(name, now.plus(PASS_LIFE));
    }

    /** Whether a caller's prompts may be seen here: only where they say so, by this name, or else the operator does for all. */
    public boolean mayBeSent(PromptRegions regions) {
        return regions.allowed().isPresent() ? regions.allows(name) : anyPrompt;
    }
}
