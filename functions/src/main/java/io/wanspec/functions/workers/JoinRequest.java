package io.wanspec.functions.workers;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.Require;
import io.wanspec.contracts.relay.Ticket;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A worker asks for its first ticket, or the next.
 *
 * @param instance what it calls itself, the same for as long as its process lives
 * @param protocol newest version that it speaks
 * @param slots sessions that it takes at once
 * @param busy of those in use
 * @param pass median time of a draft pass, if there were any of late
 * @param toRelay the quickest round trip to the relay, if it was measured
 * @param needsCredentials whether those it has, if any, will soon be over
 * @param leaving whether it goes, and needs no ticket
 */
public record JoinRequest(
        String instance,
        ModelIdentity model,
        ProtocolVersion protocol,
        int slots,
        int busy,
        Optional<Duration> pass,
        Optional<Duration> toRelay,
        boolean needsCredentials,
        boolean leaving) {
    private static final Pattern INSTANCE = Pattern.compile("[0-9a-z]{8,16}");
    private static final Duration TIME_MAX = Duration.ofHours(1);

    public JoinRequest {
        Require.within("slots", slots, 1, Ticket.SLOTS_MAX);
        Require.within("busy", busy, 0, slots);
        if (!INSTANCE.matcher(instance).matches()) {
            throw new IllegalArgumentException("instance must be 8 to 16 of a-z 0-9");
        }
        checkTime("pass", pass);
        checkTime("relay", toRelay);
    }

    private static void checkTime(String field, Optional<Duration> time) {
        time.ifPresent(value -> Require.within(field, value.toMillis(), 0, TIME_MAX.toMillis()));
    }
}
