package io.wanspec.controller.placement;

/**
 * What is known of a place, from whoever found it: sessions, probes, other functions.
 *
 * @param roundTripNanos waiting at the place included, but for the pass
 * @param jitterNanos how much replies differ from that
 * @param passNanos of a draft pass
 * @param failures share of sessions in which its link was refused or lost
 */
public record PlaceMeasures(Decayed roundTripNanos, Decayed jitterNanos, Decayed passNanos, Decayed failures) {
    private static final PlaceMeasures NOTHING =
            new PlaceMeasures(Decayed.nothing(), Decayed.nothing(), Decayed.nothing(), Decayed.nothing());

    /** A session has measured for its whole time; a probe asks once, perhaps over a new connection. */
    private static final double WEIGHT_OF_ONE_REPLY = 0.25;

    private static final int REPLIES_FULL = 4;

    public static PlaceMeasures nothing() {
        return NOTHING;
    }

    public static PlaceMeasures of(PlaceFindings found, long atMillis) {
        double weight = found.replies() >= REPLIES_FULL ? 1 : WEIGHT_OF_ONE_REPLY * found.replies();
        boolean jittered = found.replies() > 1;
        return new PlaceMeasures(
                found.replies() == 0
                        ? Decayed.nothing()
                        : Decayed.of((double) found.roundTripNanos(), weight, atMillis),
                jittered ? Decayed.of((double) found.jitterNanos(), weight, atMillis) : Decayed.nothing(),
                found.passes() == 0 ? Decayed.nothing() : Decayed.of((double) found.passNanos(), 1, atMillis),
                failures(found, weight, atMillis));
    }

    private static Decayed failures(PlaceFindings found, double weight, long atMillis) {
        if (found.failures() > 0) {
            return Decayed.of(1, 1, atMillis);
        }
        return found.replies() == 0 ? Decayed.nothing() : Decayed.of(0, weight, atMillis);
    }

    public PlaceMeasures plus(PlaceMeasures other) {
        return new PlaceMeasures(
                roundTripNanos.plus(other.roundTripNanos),
                jitterNanos.plus(other.jitterNanos),
                passNanos.plus(other.passNanos),
                failures.plus(other.failures));
    }

    public boolean isNothing() {
        return !roundTripNanos.isKnown() && !failures.isKnown();
    }

    /** When something was found last; 0 for never. */
    public long atMillis() {
        return Math.max(
                Math.max(roundTripNanos.atMillis(), jitterNanos.atMillis()),
                Math.max(passNanos.atMillis(), failures.atMillis()));
    }
}
