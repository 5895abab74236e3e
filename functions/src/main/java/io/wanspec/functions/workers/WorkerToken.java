package io.wanspec.functions.workers;

import io.wanspec.functions.access.AccessKey;

/**
 * A token of workers: a key that opens nothing but the way in for them.
 *
 * @param key its secret is not known
 */
public record WorkerToken(AccessKey key, WorkerScope scope) {}
