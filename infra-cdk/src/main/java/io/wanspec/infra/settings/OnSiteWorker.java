package io.wanspec.infra.settings;

import org.jspecify.annotations.Nullable;

/**
 * A draft worker that is not in AWS: a university machine, say. Nothing is made for it.
 *
 * @param region that a request's signature names; residency counts the worker there
 * @param address https
 * @param secret ARN of what the worker asks to be shown, in Secrets Manager; absent: the request's signature alone
 */
public record OnSiteWorker(
        String id, String region, String address, @Nullable String secret) {}
