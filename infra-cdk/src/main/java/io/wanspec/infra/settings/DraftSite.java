package io.wanspec.infra.settings;

import org.jspecify.annotations.Nullable;

/**
 * A draft region.
 *
 * @param id the worker's
 * @param hours absent: always
 */
public record DraftSite(
        String id,
        RegionSite site,
        EndpointPlan endpoint,
        @Nullable OpenHours hours) {
    public DraftSite {
        if (hours != null && endpoint.instances().scales()) {
            throw new IllegalArgumentException(
                    "draft " + id + " has hours and scales: what scales an endpoint goes with it."
                            + " Set instances.max to min, or leave hours out");
        }
    }
}
