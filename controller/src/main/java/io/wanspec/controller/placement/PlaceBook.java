package io.wanspec.controller.placement;

import io.wanspec.contracts.WorkerId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is measured of draft places, and of the target's passes. Immutable; two books can be put together in any order.
 *
 * @param places the newest ones, if there are many
 */
public record PlaceBook(Map<WorkerId, PlaceMeasures> places, Decayed targetPassNanos) {
    /** Workers on site come and go under ever new names. */
    public static final int PLACES_MAX = 64;

    private static final PlaceBook EMPTY = new PlaceBook(Map.of(), Decayed.nothing());

    public PlaceBook {
        places = Map.copyOf(places.size() <= PLACES_MAX ? places : newest(places));
    }

    public static PlaceBook empty() {
        return EMPTY;
    }

    public boolean isEmpty() {
        return places.isEmpty() && !targetPassNanos.isKnown();
    }

    public PlaceMeasures of(WorkerId id) {
        return places.getOrDefault(id, PlaceMeasures.nothing());
    }

    public PlaceBook with(PlaceFindings found, long atMillis) {
        return found.isNothing()
                ? this
                : plus(new PlaceBook(Map.of(found.id(), PlaceMeasures.of(found, atMillis)), Decayed.nothing()));
    }

    public PlaceBook withTargetPass(long nanos, long atMillis) {
        return nanos <= 0 ? this : plus(new PlaceBook(Map.of(), Decayed.of((double) nanos, 1, atMillis)));
    }

    public PlaceBook plus(PlaceBook other) {
        Map<WorkerId, PlaceMeasures> both = new LinkedHashMap<>(places);
        other.places.forEach((id, measures) -> both.merge(id, measures, PlaceMeasures::plus));
        return new PlaceBook(both, targetPassNanos.plus(other.targetPassNanos));
    }

    private static Map<WorkerId, PlaceMeasures> newest(Map<WorkerId, PlaceMeasures> all) {
        Map<WorkerId, PlaceMeasures> newest = new LinkedHashMap<>();
        all.entrySet().stream()
                .sorted(Comparator.<Map.Entry<WorkerId, PlaceMeasures>>comparingLong(
                                entry -> -entry.getValue().atMillis())
                        .thenComparing(entry -> entry.getKey().value()))
                .limit(PLACES_MAX)
                .forEach(entry -> newest.put(entry.getKey(), entry.getValue()));
        return newest;
    }
}
