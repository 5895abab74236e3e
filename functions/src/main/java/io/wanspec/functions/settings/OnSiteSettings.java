package io.wanspec.functions.settings;

import io.wanspec.contracts.relay.TicketSeal;
import java.util.Optional;

/**
 * How draft workers on site join.
 *
 * @param seal of their tickets; the relay has the same
 * @param relay where they dial
 * @param dialRole as whom they do so; absent where nobody checks credentials
 */
public record OnSiteSettings(TicketSeal seal, EndpointAddress relay, Optional<EndpointAccess.Role> dialRole) {
    /** The relay as IAM names it, in the account of the role. */
    public Optional<String> relayArn() {
        return dialRole.map(role -> role.arn().split(":", -1))
                .map(parts -> "arn:" + parts[1] + ":sagemaker:" + relay.region() + ":" + parts[4] + ":endpoint/"
                        + relay.name());
    }
}
