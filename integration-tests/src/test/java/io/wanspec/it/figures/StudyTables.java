package io.wanspec.it.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Tables of {@code wanspec study compute}: of public figures and assumptions, the same on every machine. */
final class StudyTables {
    static final Map<String, Supplier<String>> ALL =
            Map.of("study-pairs", StudyTables::pairs, "study-targets", StudyTables::targets);

    private static final List<Integer> WITHIN = List.of(20, 30, 50, 100, 200);

    private StudyTables() {}

    private static String pairs() {
        Measured study = Measured.read("study");
        Table table = new Table("round trip", "pairs of regions, of " + study.at("/pairs"));
        for (JsonNode within : study.list("/within")) {
            if (WITHIN.contains(within.path("ms").asInt())) {
                table.row(
                        within.path("ms") + " ms at most", within.path("pairs").asText());
            }
        }
        return table.simulatedBy(study);
    }

    private static String targets() {
        Measured study = Measured.read("study");
        Table table = new Table(
                "target",
                "within 20, 50 ms",
                "best, own",
                "saved",
                "latency",
                "money",
                "best, idle",
                "saved",
                "moved: saved");
        for (JsonNode target : study.list("/targets")) {
            JsonNode own = target.at("/own/0");
            JsonNode idle = target.path("idle");
            List<String> cells = new ArrayList<>();
            cells.add(target.path("target").asText());
            cells.add(target.path("within20Ms") + ", " + target.path("within50Ms"));
            cells.add(place(own));
            cells.add(figure(own.path("saved")));
            cells.add(figure(own.path("latency")));
            cells.add(Measured.format(
                    own.path("usdAMillionTokens").asDouble()
                            / own.path("b1UsdAMillionTokens").asDouble(),
                    "0.00"));
            cells.add(place(idle));
            cells.add(figure(idle.path("saved")));
            cells.add(figure(target.path("movedSaved")));
            table.row(cells);
        }
        return table.simulatedBy(study);
    }

    private static String place(JsonNode region) {
        return region.path("region").asText() + ", "
                + Measured.format(region.path("rttMs").asDouble(), "0") + " ms"
                + (region.path("roundTrip").asText().equals("assumed") ? " (assumed)" : "");
    }

    private static String figure(JsonNode number) {
        return Measured.format(number.asDouble(), "0.00");
    }
}
