package io.wanspec.functions.placement;

import io.wanspec.functions.settings.PromptRegions;
import java.util.List;

/** Where draft places come from: the settings, or a roster of those that have come by themselves. Never blocks. */
public interface PlaceSource {
    /**
     * All that are known, those that cannot or may not be used now too, in order of preference.
     *
     * @param regions which may see the tokens that a place is to be sent: where they may not, that is its obstacle
     */
    List<OfferedPlace> offered(PromptRegions regions);
}
