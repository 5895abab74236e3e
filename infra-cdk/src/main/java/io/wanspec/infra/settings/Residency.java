package io.wanspec.infra.settings;

import java.util.List;

/** @param promptRegions where prompts may be seen; empty: wherever there is a worker */
public record Residency(List<String> promptRegions) {
    public boolean allows(String region) {
        return promptRegions.isEmpty() || promptRegions.contains(region);
    }
}
