package io.wanspec.infra.local;

import java.net.URI;

/**
 * The local cloud's model endpoints.
 *
 * @param busy SageMaker of its busy region
 * @param draft SageMaker of its draft region, across the WAN
 * @param targetName in the busy region
 * @param draftName in both
 */
public record LocalEndpoints(URI busy, URI draft, String targetName, String draftName) {}
