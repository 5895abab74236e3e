package io.wanspec.functions.workers;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Require;
import io.wanspec.contracts.relay.Ticket;
import io.wanspec.functions.access.AccessKey;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What workers with a token may serve.
 *
 * @param site whose workers they are: where prompts may not be seen there, they are given none
 * @param slots most sessions at once of all of them together
 * @param workers most of them at once
 * @param owners of keys whose sessions they may see; empty: of all that the site may see
 */
public record WorkerScope(String site, int slots, int workers, Set<String> owners) {
    public static final int SLOTS_MAX = 1_024;
    public static final int WORKERS_MAX = 256;

    public WorkerScope {
        Require.within("slots", slots, 1, SLOTS_MAX);
        Require.within("workers", workers, 1, WORKERS_MAX);
        Require.atMost("owners", owners.size(), Ticket.CALLERS_MAX);
        if (!Ticket.isSite(site)) {
            throw new IllegalArgumentException(
                    "a site's name has 1 to 64 of A-Z a-z 0-9 . _ -, the first a letter or a digit");
        }
        if (!owners.stream().allMatch(AccessKey::isName)) {
            throw new IllegalArgumentException("an owner has 1 to 64 characters, none of them a control");
        }
        owners = Set.copyOf(owners);
    }

    /** The owners as model servers are told of them. */
    Set<CallerId> callers() {
        return owners.stream().map(AccessKey::callerOf).collect(Collectors.toUnmodifiableSet());
    }
}
