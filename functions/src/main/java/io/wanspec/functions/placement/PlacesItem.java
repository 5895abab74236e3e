package io.wanspec.functions.placement;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.placement.Decayed;
import io.wanspec.controller.placement.PlaceBook;
import io.wanspec.controller.placement.PlaceMeasures;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A book as an item of the table: a line for each place. It lies beside the other estimates, which the same functions may read and
 * write.
 *
 * @param version raised by each write, which names the one before
 */
record PlacesItem(long version, PlaceBook book) {
    static final String VERSION = "version";
    static final ItemKey KEY = ItemKey.head("estimates#" + "places");
    private static final String PLACES = "places";
    private static final String TARGET_PASS = "targetPass";

    /** What nobody added to for so long is of no use. */
    private static final Duration KEPT = Duration.ofDays(1);

    private static final int FIELDS = 4;
    private static final int NUMBERS = 3;

    /** More than a book's lines have. */
    private static final int TEXT_MAX = 64 * 1024;

    Item write(Instant now) {
        StringJoiner lines = new StringJoiner("\n");
        book.places()
                .forEach((id, measures) -> lines.add(String.join(
                        " ",
                        id.value(),
                        text(measures.roundTripNanos()),
                        text(measures.jitterNanos()),
                        text(measures.passNanos()),
                        text(measures.failures()))));
        return Item.of(KEY)
                .with(VERSION, version)
                .with(PLACES, lines.toString())
                .with(TARGET_PASS, text(book.targetPassNanos()))
                .expiring(now.plus(KEPT));
    }

    /** @throws RuntimeException if it is no such item, or says what cannot be */
    static PlacesItem read(Item item) {
        String lines = item.text(PLACES);
        if (lines.length() > TEXT_MAX) {
            throw new IllegalArgumentException("no book of places is so long");
        }
        Map<WorkerId, PlaceMeasures> places = new HashMap<>();
        lines.lines().limit(PlaceBook.PLACES_MAX).forEach(line -> {
            List<String> fields = List.of(line.split(" ", -1));
            if (fields.size() != FIELDS + 1) {
                throw new IllegalArgumentException("a place has " + FIELDS + " measures");
            }
            places.put(
                    new WorkerId(fields.getFirst()),
                    new PlaceMeasures(
                            mean(fields.get(1)), mean(fields.get(2)), mean(fields.get(3)), mean(fields.get(FIELDS))));
        });
        return new PlacesItem(item.number(VERSION), new PlaceBook(places, mean(item.text(TARGET_PASS))));
    }

    private static String text(Decayed mean) {
        return mean.mean() + "," + mean.weight() + "," + mean.atMillis();
    }

    private static Decayed mean(String text) {
        String[] numbers = text.split(",", -1);
        if (numbers.length != NUMBERS) {
            throw new IllegalArgumentException("a mean has a weight and a time");
        }
        return new Decayed(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), Long.parseLong(numbers[2]));
    }
}
