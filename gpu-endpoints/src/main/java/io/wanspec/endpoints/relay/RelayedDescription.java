package io.wanspec.endpoints.relay;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.invoke.EndpointRole;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.Seats;

/** A worker on site, described as a draft endpoint would describe itself. */
final class RelayedDescription {
    private RelayedDescription() {}

    /**
     * @param newest that the worker speaks
     * @param seats of all that are of as much use
     */
    static Reply.Description of(Invocation.Describe asked, ProtocolVersion newest, ModelIdentity model, Seats seats) {
        ProtocolVersion lower = asked.protocol().number() < newest.number() ? asked.protocol() : newest;
        return new Reply.Description(lower.nearestSpoken(), model, EndpointRole.DRAFT, seats);
    }
}
