package io.wanspec.functions.placement;

import io.wanspec.controller.placement.DraftPlace;

/**
 * A draft place as it stands now.
 *
 * @param inUse sessions that it has now, as far as is known
 * @param obstacle why it cannot be used now, as a clause; empty if it can
 */
public record OfferedPlace(DraftPlace place, int inUse, String obstacle) {}
