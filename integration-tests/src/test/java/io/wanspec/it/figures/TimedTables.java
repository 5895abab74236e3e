package io.wanspec.it.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Tables of times. They are one machine's; the ratios travel better. */
final class TimedTables {
    static final Map<String, Supplier<String>> ALL = Map.of(
            "passes", TimedTables::passes,
            "pass-ratios", TimedTables::ratios,
            "sampling", TimedTables::sampling,
            "controller", TimedTables::controller,
            "demo", TimedTables::demo,
            "wan", TimedTables::wan);

    private static final List<Integer> CONTEXTS = List.of(64, 256, 1_024);
    private static final double NEAR_ENOUGH = 1e-9;

    private TimedTables() {}

    private static String passes() {
        Measured bench = Measured.read("bench");
        List<JsonNode> passes = bench.list("/passes");
        Set<String> kinds = new LinkedHashSet<>();
        passes.forEach(pass -> kinds.add(kind(pass)));
        Table table = new Table("pass", "context 64, median (min)", "context 256", "context 1,024");
        for (String kind : kinds) {
            List<String> cells = new ArrayList<>(List.of(kind));
            for (int context : CONTEXTS) {
                cells.add(passes.stream()
                        .filter(pass ->
                                kind(pass).equals(kind) && pass.path("context").asInt() == context)
                        .map(TimedTables::times)
                        .findFirst()
                        .orElse("-"));
            }
            table.row(cells);
        }
        return table.from(bench);
    }

    private static String kind(JsonNode pass) {
        int tokens = pass.path("tokens").asInt();
        return pass.path("model").asText() + ", " + pass.path("shape").asText() + " of " + tokens
                + (tokens == 1 ? " token" : " tokens");
    }

    private static String times(JsonNode times) {
        return number(times, "medianMs", "0.00") + " ms (" + number(times, "minMs", "0.00") + ")";
    }

    private static String ratios() {
        Measured bench = Measured.read("bench");
        Table table = new Table("", "context 64", "context 256", "context 1,024", "goal", "");
        ratio(table, bench, "verifying 5 tokens / 1 token", "verify5", "median");
        ratio(table, bench, "the same at the worst alignment", "verify5", "worstAlignment");
        ratio(table, bench, "a draft pass / a target pass", "draft", "median");
        return table.toString();
    }

    private static void ratio(Table table, Measured bench, String what, String name, String which) {
        List<String> cells = new ArrayList<>(List.of(what));
        for (int context : CONTEXTS) {
            cells.add(bench.list("/ratios").stream()
                    .filter(each -> each.path("context").asInt() == context)
                    .map(each -> number(each.path(name), which, "0.000"))
                    .findFirst()
                    .orElse("-"));
        }
        boolean isGoal = which.equals("median");
        cells.add(isGoal ? "at most " + number(bench.at("/goals/" + name), "atMost", "0.###") : "");
        cells.add(isGoal ? (bench.at("/goals/" + name + "/met").asBoolean() ? "met" : "**not met**") : "");
        table.row(cells);
    }

    private static String sampling() {
        Measured bench = Measured.read("bench");
        Table table = new Table("sampling a token, T = 0.8", "median (min)");
        bench.list("/sampling").forEach(each -> table.row("top_p " + number(each, "topP", "0.##"), times(each)));
        return table.toString();
    }

    private static String controller() {
        Measured benchmark = Measured.read("controller");
        Table table = new Table("answer", "an event, mean");
        benchmark
                .at("/microsAnEvent")
                .properties()
                .forEach(each -> table.row(
                        each.getKey() + " tokens",
                        Measured.format(each.getValue().asDouble(), "0.00") + " µs"));
        return table.from(benchmark);
    }

    private static String demo() {
        Table table = new Table(
                "", "target passes / B1", "busy-region draft passes / B1", "time / B1", "B0's time / B1", "time");
        demo(table, "`--pace reference`", "demo-paced");
        demo(table, "`--pace reference --redundancy never`", "demo-never");
        demo(table, "not paced", "demo-unpaced");
        return table.from(Measured.read("demo-paced"));
    }

    private static void demo(Table table, String what, String name) {
        Measured demo = Measured.read(name);
        double b1 = demo.number("/b1/totalMs");
        table.row(
                what,
                Measured.format(demo.number("/wanspec/targetPasses") / demo.number("/b1/targetPasses"), "0.00"),
                Measured.format(demo.number("/busyDraftPassRatio"), "0.00"),
                Measured.format(demo.number("/latencyRatio"), "0.00"),
                Measured.format(demo.number("/b0/totalMs") / b1, "0.00"),
                Measured.format(demo.number("/wanspec/totalMs") / 1_000, "0.00") + " s");
    }

    private static String wan() {
        Measured wan = Measured.read("bench-wan");
        Table table = new Table(
                "round trip",
                "",
                "time / B1, measured",
                "simulated",
                "target passes / B1",
                "simulated",
                "busy-region passes / B1",
                "simulated");
        for (JsonNode row : wan.list("/rows")) {
            String policy = row.path("policy").asText();
            if (row.path("source").asText().equals("measured") && !policy.equals("b1")) {
                JsonNode twin = simulated(wan, row);
                table.row(
                        number(row, "rttMs", "0") + " ms",
                        policy,
                        number(row, "latencyVsB1", "0.000") + " ± " + number(row, "latencyError", "0.000"),
                        number(twin, "latencyVsB1", "0.000"),
                        number(row, "targetPassesVsB1", "0.000"),
                        number(twin, "targetPassesVsB1", "0.000"),
                        number(row, "busyDraftPassesVsB1", "0.000"),
                        number(twin, "busyDraftPassesVsB1", "0.000"));
            }
        }
        return table.from(wan);
    }

    private static JsonNode simulated(Measured wan, JsonNode row) {
        return wan.list("/rows").stream()
                .filter(each -> each.path("source").asText().equals("simulated")
                        && each.path("policy").equals(row.path("policy"))
                        && Math.abs(each.path("rttMs").asDouble()
                                        - row.path("rttMs").asDouble())
                                < NEAR_ENOUGH)
                .findFirst()
                .orElseThrow();
    }

    private static String number(JsonNode node, String field, String pattern) {
        return Measured.format(node.required(field).asDouble(), pattern);
    }
}
