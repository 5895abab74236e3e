package io.wanspec.functions.placement;

import java.util.List;

/** Where draft places come from: the settings, or a roster of those that have come by themselves. Never blocks. */
public interface PlaceSource {
    /** All that are known, those that cannot be used now too, in order of preference. */
    List<OfferedPlace> offered();
}
