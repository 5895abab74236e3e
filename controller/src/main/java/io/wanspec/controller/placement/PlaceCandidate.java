package io.wanspec.controller.placement;

/**
 * A place as it stands before a session.
 *
 * @param inUse sessions that it has now, as far as is known
 * @param obstacle why it may not or cannot be used, as a clause; empty if it can
 */
public record PlaceCandidate(DraftPlace place, PlaceMeasures measures, int inUse, String obstacle) {
    public PlaceCandidate(DraftPlace place, PlaceMeasures measures) {
        this(place, measures, 0, "");
    }

    /** Why it is left out; empty if it can be used. */
    String whyNot() {
        if (!obstacle.isEmpty()) {
            return obstacle;
        }
        boolean full = place.slots() > 0 && inUse >= place.slots();
        return full ? "all its " + place.slots() + " slots are in use" : "";
    }
}
