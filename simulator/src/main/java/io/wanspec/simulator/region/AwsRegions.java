package io.wanspec.simulator.region;

import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The regions that are known here ({@code regions.csv}), by code. */
public final class AwsRegions {
    private static final int COLUMNS = 5;

    private static final Map<String, AwsRegion> ALL = read();

    private AwsRegions() {}

    public static List<AwsRegion> all() {
        return List.copyOf(ALL.values());
    }

    public static Optional<AwsRegion> find(String code) {
        return Optional.ofNullable(ALL.get(code));
    }

    /** @throws IllegalArgumentException with the limit and the remedy, if there is none of that code */
    public static AwsRegion require(String code) {
        return find(code)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + code + "' is no region that is known here. Write one of " + String.join(", ", codes())));
    }

    public static Collection<String> codes() {
        return ALL.keySet();
    }

    private static Map<String, AwsRegion> read() {
        Map<String, AwsRegion> regions = new LinkedHashMap<>();
        for (String[] cells : KeptTable.rows(AwsRegions.class, "regions.csv", COLUMNS)) {
            regions.put(
                    cells[0],
                    new AwsRegion(
                            cells[0],
                            cells[1],
                            Double.parseDouble(cells[2]),
                            Double.parseDouble(cells[3]),
                            ZoneId.of(cells[4])));
        }
        return regions;
    }
}
