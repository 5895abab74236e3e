package io.wanspec.infra.settings;

import org.jspecify.annotations.Nullable;

/**
 * The busy region.
 *
 * @param busyDraft the draft beside the target; absent: none
 */
public record TargetSite(
        RegionSite site, EndpointPlan endpoint, @Nullable EndpointPlan busyDraft) {}
