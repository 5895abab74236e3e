package io.wanspec.it.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Tables of {@code wanspec sim}: the same on every machine. */
final class SimulatedTables {
    static final Map<String, Supplier<String>> ALL = Map.of(
            "savings", SimulatedTables::savings,
            "goals", SimulatedTables::goals,
            "scenarios", SimulatedTables::scenarios,
            "capacity", SimulatedTables::capacity,
            "load", SimulatedTables::load,
            "load-half", SimulatedTables::half,
            "load-p95", SimulatedTables::equalP95,
            "placement", SimulatedTables::placement);

    private static final List<String> GOALS = List.of("economy", "fast", "eager");
    private static final List<Integer> ROUND_TRIPS = List.of(20, 30, 50, 100, 200);
    private static final List<Integer> FEW_ROUND_TRIPS = List.of(20, 50, 100);
    private static final List<String> SCENARIOS = List.of(
            "acceptance-0.6",
            "acceptance-0.7",
            "acceptance-0.9",
            "jitter-15",
            "blind",
            "remote-6",
            "remote-12",
            "pair-8b-1b");

    private SimulatedTables() {}

    /** For the README. */
    private static String savings() {
        Measured sim = Measured.read("sim-goals");
        Table table = new Table("round trip", "goal", "latency", "busy-region draft passes", "target passes");
        for (String goal : List.of("economy", "fast")) {
            for (int roundTrip : ROUND_TRIPS) {
                JsonNode row = row(sim, goal, roundTrip);
                table.row(
                        roundTrip + " ms",
                        goal,
                        ratio(row, "latencyVsB1", "0.00"),
                        ratio(row, "busyDraftPassesVsB1", "0.00"),
                        ratio(row, "targetPassesVsB1", "0.00"));
            }
        }
        return table.simulatedBy(sim);
    }

    private static String goals() {
        Measured sim = Measured.read("sim-goals");
        Table table = new Table("round trip", "economy: latency, busy passes, target passes", "fast", "eager");
        for (int roundTrip : ROUND_TRIPS) {
            List<String> cells = new ArrayList<>(List.of(roundTrip + " ms"));
            for (String goal : GOALS) {
                JsonNode row = row(sim, goal, roundTrip);
                cells.add(String.join(
                        ", ",
                        ratio(row, "latencyVsB1", "0.000"),
                        ratio(row, "busyDraftPassesVsB1", "0.000"),
                        ratio(row, "targetPassesVsB1", "0.000")));
            }
            table.row(cells);
        }
        return table.simulatedBy(sim);
    }

    private static String scenarios() {
        Table table = new Table("scenario", "20 ms: economy, fast, eager", "50 ms", "100 ms");
        for (String scenario : SCENARIOS) {
            Measured sim = Measured.read("sim-" + scenario);
            List<String> cells = new ArrayList<>(List.of("`" + scenario + "`"));
            for (int roundTrip : FEW_ROUND_TRIPS) {
                cells.add(String.join(
                        ", ",
                        GOALS.stream()
                                .map(goal -> ratio(row(sim, goal, roundTrip), "latencyVsB1", "0.00"))
                                .toList()));
            }
            table.row(cells);
        }
        return table.toString();
    }

    /** Of the charts' own data, since it takes long. */
    private static String capacity() {
        JsonNode charts = JsonFile.read("docs/figures/rows.json");
        Table table = new Table("users of B1", "limit, ms a token", "policy", "users", "of B1's");
        for (JsonNode row : charts.required("capacity")) {
            table.row(
                    row.path("b1Users").asText(),
                    ratio(row, "limitMsPerToken", "#,##0"),
                    row.path("policy").asText(),
                    row.path("users").asText(),
                    ratio(row, "usersVsB1", "0.00"));
        }
        return table.toString();
    }

    private static String load() {
        Measured sim = Measured.read("sim-load");
        Table table = new Table("load", "b1: ms a token", "b0", "b1p", "economy", "fast", "eager");
        List<JsonNode> rows = sim.list("/rows");
        for (JsonNode b1 : rows) {
            if (!b1.path("policy").asText().equals("b1")) {
                continue;
            }
            List<String> cells = new ArrayList<>(List.of(b1.path("load").asText(), ratio(b1, "msPerToken", "0.0")));
            rows.stream()
                    .filter(row -> row.path("load").equals(b1.path("load"))
                            && !row.path("policy").asText().equals("b1"))
                    .forEach(row -> cells.add(
                            ratio(row, "latencyVsB1", "0.00") + ", " + ratio(row, "busyDraftPassesVsB1", "0.00")));
            table.row(cells);
        }
        return table.simulatedBy(sim);
    }

    private static String half() {
        Measured sim = Measured.read("sim-load-half");
        Table table = new Table("round trip", "policy", "latency", "busy passes", "target's time", "sessions", "rows");
        for (JsonNode row : sim.list("/rows")) {
            table.row(
                    ratio(row, "rttMs", "0") + " ms",
                    row.path("policy").asText(),
                    ratio(row, "latencyVsB1", "0.000"),
                    ratio(row, "busyDraftPassesVsB1", "0.000"),
                    ratio(row, "targetBusyVsB1", "0.000"),
                    ratio(row, "sessions", "0.0"),
                    ratio(row, "rowsPerPass", "0"));
        }
        return table.simulatedBy(sim);
    }

    private static String equalP95() {
        Measured sim = Measured.read("sim-load-p95");
        Table table = new Table("policy", "sessions", "95th percentile, ms a token", "busy passes");
        for (JsonNode row : sim.list("/rows")) {
            table.row(
                    row.path("policy").asText(),
                    ratio(row, "sessions", "0"),
                    ratio(row, "p95MsPerToken", "0.0"),
                    ratio(row, "busyDraftPassesVsB1", "0.000"));
        }
        return table.simulatedBy(sim);
    }

    private static String placement() {
        Measured sim = Measured.read("sim-placement");
        Table table = new Table("drafts", "ms a token", "latency", "busy passes", "remote passes a token");
        for (JsonNode row : sim.list("/day/rows")) {
            table.row(
                    row.path("name").asText(),
                    ratio(row, "msPerToken", "0.00"),
                    ratio(row, "latency", "0.000"),
                    ratio(row, "busyPasses", "0.000"),
                    ratio(row, "remotePasses", "0.00"));
        }
        return table.simulatedBy(sim);
    }

    private static JsonNode row(Measured sim, String policy, int roundTrip) {
        return sim.list("/sweep").stream()
                .filter(row -> row.path("policy").asText().equals(policy)
                        && row.path("rttMs").asInt() == roundTrip)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        sim.name() + " has no row of " + policy + " at " + roundTrip + " ms"));
    }

    private static String ratio(JsonNode row, String field, String pattern) {
        return Measured.format(row.required(field).asDouble(), pattern);
    }
}
