package io.wanspec.infra.plan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Prices of the repository ({@code prices.csv}), each with its date and source. */
public final class PriceTable {
    /** Where a price is looked up that a region's own row lacks. */
    static final String REFERENCE_REGION = "us-east-1";

    private static final String FILE = "/io/wanspec/infra/prices.csv";
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

    private PriceTable(List<String> lines) {
        for (String line : lines) {
            if (!line.startsWith("#") && !line.startsWith("item,") && !line.isBlank()) {
                Price price = price(line);
                if (prices.put(key(price.item(), price.region()), price) != null) {
                    throw new IllegalArgumentException("two prices of " + price.item() + " in " + price.region());
                }
            }
        }
    }

    public static PriceTable ofRepository() {
        try (InputStream file = Objects.requireNonNull(PriceTable.class.getResourceAsStream(FILE), FILE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return of(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PriceTable of(List<String> lines) {
        return new PriceTable(lines);
    }

    /** The region's own, else the reference region's, which says so by its region. */
    Optional<Price> find(String item, String region) {
        return Optional.ofNullable(prices.get(key(item, region)))
                .or(() -> Optional.ofNullable(prices.get(key(item, REFERENCE_REGION))));
    }

    private static Price price(String line) {
        String[] cells = line.split(",", COLUMNS);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException("a price has " + COLUMNS + " columns: " + line);
        }
        return new Price(
                cells[0], cells[1], cells[2], Double.parseDouble(cells[3]), LocalDate.parse(cells[4]), cells[5]);
    }

    private static String key(String item, String region) {
        return item + " " + region;
    }
}
