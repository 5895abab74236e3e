package io.wanspec.endpoints.server;

import io.wanspec.endpoints.compute.LinkSession;

/**
 * A session whose frames come in calls.
 *
 * @param session what is behind it
 * @param out where its frames go
 */
record CalledLink<F>(LinkSession<F> session, CallOutbound<F> out) {}
