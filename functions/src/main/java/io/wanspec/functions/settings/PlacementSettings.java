package io.wanspec.functions.settings;

import io.wanspec.contracts.request.Choice;

/**
 * How sessions get their draft places.
 *
 * @param choice who drafts where there are several
 * @param hedging whether a second place may draft where the first is likely to fail
 */
public record PlacementSettings(DraftChoosing choice, boolean hedging) {
    /** Who drafts where several places can. */
    public enum DraftChoosing implements Choice {
        /** The one that is expected to be best, by what is measured; the others stand by. */
        MEASURED,
        /** All of them at once, up to the most that a session may have. */
        ALL
    }

    public static PlacementSettings defaults() {
        return new PlacementSettings(DraftChoosing.MEASURED, true);
    }
}
