package io.wanspec.simulator.region;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prices of the repository ({@code prices.csv}), each with its date and source. */
public final class PriceTable {
    /** Where a price is looked up that a region's own row lacks. */
    public static final String REFERENCE_REGION = "us-east-1";

    private static final String FILE = "prices.csv";
    private static final int COLUMNS = 6;

    private final Map<String, Price> prices = new HashMap<>();

    /**
     * @param unit what one costs so much
     * @param date of the look-up
     * @param source {@code quoted}, {@code computed: how}, or AWS's own
     */
    public record Price(String item, String region, String unit, double usd, LocalDate date, String source) {
        public Price {
            if (usd < 0 || source.isBlank()) {
                throw new IllegalArgumentException("the price of " + item + " needs an amount and a source");
            }
        }
    }

    private PriceTable(List<String[]> rows) {
        for (String[] cells : rows) {
            Price price = price(cells);
            if (prices.put(key(price.item(), price.region()), price) != null) {
                throw new IllegalArgumentException("two prices of " + price.item() + " in " + price.region());
            }
        }
    }

    public static PriceTable ofRepository() {
        return new PriceTable(KeptTable.rows(PriceTable.class, FILE, COLUMNS));
    }

    /** Of a file's lines, without headings. */
    public static PriceTable of(List<String> lines) {
        return new PriceTable(KeptTable.rows(lines, COLUMNS));
    }

    /** The region's own, else the reference region's, which says so by its region. */
    public Optional<Price> find(String item, String region) {
        return Optional.ofNullable(prices.get(key(item, region)))
                .or(() -> Optional.ofNullable(prices.get(key(item, REFERENCE_REGION))));
    }

    private static Price price(String[] cells) {
        return new Price(
                cells[0], cells[1], cells[2], Double.parseDouble(cells[3]), LocalDate.parse(cells[4]), cells[5]);
    }

    private static String key(String item, String region) {
        return item + " " + region;
    }
}
