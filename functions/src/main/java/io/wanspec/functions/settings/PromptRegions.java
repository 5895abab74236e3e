package io.wanspec.functions.settings;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a caller's prompts and tokens may be seen: drafts elsewhere are not asked, and if the target is elsewhere the request is
 * refused. A worker on site counts by the region that the settings give it.
 *
 * @param allowed names of regions; absent: any
 */
public record PromptRegions(Optional<Set<String>> allowed) {
    private static final PromptRegions ANY = new PromptRegions(Optional.empty());
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int REGIONS_MAX = 64;
    private static final String NONE = "none";

    public PromptRegions {
        allowed = allowed.map(Set::copyOf);
        allowed.ifPresent(PromptRegions::check);
    }

    public static PromptRegions any() {
        return ANY;
    }

    public static PromptRegions only(Collection<String> regions) {
        return new PromptRegions(Optional.of(Set.copyOf(regions)));
    }

    /** The inverse of {@link #toString}; an empty text is any, as in a record that knows nothing of regions. */
    public static PromptRegions parse(String text) {
        if (text.isBlank()) {
            return ANY;
        }
        return text.equals(NONE) ? only(List.of()) : only(List.of(text.split(",", -1)));
    }

    /** Where both let prompts be seen. */
    public PromptRegions and(PromptRegions other) {
        return new PromptRegions(
                allowed.map(mine -> mine.stream().filter(other::allows).collect(Collectors.toSet()))
                        .or(other::allowed));
    }

    public boolean allows(String region) {
        return allowed.isEmpty() || allowed.get().contains(region);
    }

    private static void check(Set<String> regions) {
        if (regions.size() > REGIONS_MAX) {
            throw new IllegalArgumentException("at most " + REGIONS_MAX + " regions, not " + regions.size());
        }
        for (String region : regions) {
            if (!NAME.matcher(region).matches() || region.equals(NONE)) {
                throw new IllegalArgumentException("'" + region + "' is no name of a region");
            }
        }
    }

    /** Empty for any, {@code none}, or the names with commas. */
    @Override
    public String toString() {
        return allowed.map(regions -> regions.isEmpty() ? NONE : String.join(",", new TreeSet<>(regions)))
                .orElse("");
    }
}
