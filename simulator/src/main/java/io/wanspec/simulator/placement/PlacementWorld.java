package io.wanspec.simulator.placement;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.placement.DraftPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Five draft regions and ten on-site workers over a day, by seed. Round trips of regions are as between AWS regions; all else is
 * assumed: a peak at another hour in each, at which a pass takes up to five times as long, spells of congestion and outages; machines
 * on site are near but come and go, most are switched off or in use in office hours.
 */
final class PlacementWorld {
    private static final double[] REGION_RTT_MS = {16, 35, 67, 71, 146};
    private static final double[] REGION_USD = {1.2, 1.0, 0.8, 0.8, 0.6};
    private static final int ON_SITE = 10;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int HOURS = 24;

    private final SplittableRandom random;

    private PlacementWorld(long seed) {
        random = new SplittableRandom(seed);
    }

    static List<PlaceDay> of(long seed) {
        return new PlacementWorld(seed).places();
    }

    private List<PlaceDay> places() {
        List<PlaceDay> places = new ArrayList<>();
        for (int i = 0; i < REGION_RTT_MS.length; i++) {
            places.add(region(i));
        }
        for (int i = 0; i < ON_SITE; i++) {
            places.add(onSite(i));
        }
        return places;
    }

    private PlaceDay region(int i) {
        String name = "region-" + (i + 1);
        DraftPlace place = new DraftPlace(new WorkerId(name), DraftPlace.Kind.REGION, name, REGION_USD[i], 0);
        List<PlaceDay.Spell> spells = new ArrayList<>();
        add(spells, 4, 5, 40, false);
        add(spells, 2, 2, 15, true);
        return new PlaceDay(place, REGION_RTT_MS[i], between(0.5, 2), between(7, 9), between(0, HOURS), 4, spells);
    }

    private PlaceDay onSite(int i) {
        String name = "site-" + (i + 1);
        DraftPlace place = new DraftPlace(new WorkerId(name), DraftPlace.Kind.ON_SITE, "campus", 0, 1);
        List<PlaceDay.Spell> spells = new ArrayList<>();
        add(spells, 3, 2, 20, true);
        add(spells, 3, 5, 30, false);
        officeHours(spells);
        return new PlaceDay(place, between(12, 80), between(1, 5), between(6, 24), between(0, HOURS), 1, spells);
    }

    private void officeHours(List<PlaceDay.Spell> spells) {
        double from = between(0, HOURS - 8);
        spells.add(new PlaceDay.Spell(hours(from), hours(from + 8), 0, true));
    }

    /** So many a day on average, each of so many minutes. */
    private void add(List<PlaceDay.Spell> spells, int aDay, int minutesLeast, int minutesMost, boolean away) {
        int number = random.nextInt(2 * aDay + 1);
        for (int i = 0; i < number; i++) {
            long from = hours(between(0, HOURS));
            long to = from + (long) (between(minutesLeast, minutesMost) * MINUTE_NANOS);
            spells.add(new PlaceDay.Spell(from, to, away ? 0 : between(30, 200), away));
        }
    }

    private static long hours(double hours) {
        return (long) (hours * PlaceDay.HOUR_NANOS);
    }

    private double between(double least, double most) {
        return least + random.nextDouble() * (most - least);
    }
}
