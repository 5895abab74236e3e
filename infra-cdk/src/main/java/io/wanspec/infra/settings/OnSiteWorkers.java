package io.wanspec.infra.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Draft workers that dial in from sites (docs/on-site-workers.md), and the relay that they meet the functions at.
 *
 * @param relay one instance without a model
 * @param generation of the key that tickets are sealed with: a new number is a new key
 * @param sites in order of preference
 */
public record OnSiteWorkers(EndpointPlan relay, int generation, List<AllowedSite> sites) {
    public OnSiteWorkers {
        sites = List.copyOf(sites);
        if (sites.isEmpty()) {
            throw new IllegalArgumentException(
                    "has no sites, so nobody would use the relay. Write one at least: sites: [{id: campus}]");
        }
        Set<String> names = new HashSet<>();
        sites.stream()
                .map(AllowedSite::name)
                .filter(name -> !names.add(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "two sites are named '" + name + "' (site; without it, id). Rename one");
                });
    }
}
