package io.wanspec.functions.settings;

import io.wanspec.contracts.request.Choice;

/** How links to an endpoint are made. */
public enum LinkTransport implements Choice {
    /** By duplex streams where they are offered, otherwise by single calls. */
    AUTO,
    /** A link is a duplex stream: {@code InvokeEndpointWithBidirectionalStream}. */
    BIDIRECTIONAL,
    /** A link is made of single calls: {@code InvokeEndpoint} and {@code InvokeEndpointWithResponseStream}. */
    INVOCATIONS
}
