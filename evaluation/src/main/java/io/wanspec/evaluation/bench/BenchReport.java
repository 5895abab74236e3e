package io.wanspec.evaluation.bench;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.evaluation.table.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A measurement with the project's goals beside it, for people and for scripts. A goal is met if every context's median meets it. */
public final class BenchReport {
    private static final double VERIFY_MAX = 1.5;
    private static final double DRAFT_MAX = 1.0 / 8;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ObjectNode measured;

    /** @param json what the engine's benchmark printed */
    public BenchReport(String json) {
        try {
            this.measured = (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException | ClassCastException e) {
            throw new IllegalArgumentException("the benchmark printed no JSON object: " + json, e);
        }
    }

    /** One line: everything measured, and the goals. */
    public String json(String target, String draft, String core) {
        ObjectNode all = MAPPER.createObjectNode();
        all.put("target", target);
        all.put("draft", draft);
        all.put("core", core);
        all.setAll(measured);
        ObjectNode goals = all.putObject("goals");
        putGoal(goals.putObject("verify5"), "verify5", VERIFY_MAX);
        putGoal(goals.putObject("draft"), "draft", DRAFT_MAX);
        return all.toString();
    }

    /** The tables, at most 80 columns wide. */
    public List<String> lines() {
        return Stream.of(passes().lines(), List.of(""), ratios().lines())
                .flatMap(List::stream)
                .toList();
    }

    private TextTable passes() {
        TextTable table = TextTable.of(words(28), 2, numbers(11)).row("", "median", "minimum");
        elements("passes").forEach(pass -> addTimes(table, passLabel(pass), pass));
        elements("sampling").forEach(each -> addTimes(table, "sampling, top_p " + decimal(2, each.path("topP")), each));
        elements("masks").forEach(each -> {
            addTimes(table, "a mask, grammar met " + each.path("memory").asText(), each);
            table.text("which is " + decimal(3, each.path("ofPass")) + " of a target pass");
        });
        return table;
    }

    private TextTable ratios() {
        TextTable table = TextTable.of(words(28), numbers(11), numbers(11), numbers(15));
        table.row("", "median", "minimum", "worst alignment");
        addRatios(table, "verify5", "5 tokens / 1 token");
        table.text(verdict("verify5", VERIFY_MAX, "at most 1.5"));
        addRatios(table, "draft", "draft / target pass");
        table.text(verdict("draft", DRAFT_MAX, "at most 1/8"));
        addRatios(table, "tree8", "tree 8 / run 8");
        addRatios(table, "tree16", "tree 16 / run 16");
        addRatios(table, "draft8", "draft growth 8 / run 1");
        return table;
    }

    private static String passLabel(JsonNode pass) {
        return String.format(
                Locale.ROOT,
                "%-6s %-6s %d at %d",
                pass.path("model").asText(),
                pass.path("shape").asText(),
                pass.path("tokens").asInt(),
                pass.path("context").asInt());
    }

    private static void addTimes(TextTable table, String label, JsonNode times) {
        table.row(label, decimal(2, times.path("medianMs")) + " ms", decimal(2, times.path("minMs")) + " ms");
    }

    private void addRatios(TextTable table, String name, String words) {
        for (JsonNode ratios : elements("ratios")) {
            JsonNode ratio = ratios.path(name);
            table.row(
                    words + " at " + ratios.path("context").asInt(),
                    decimal(3, ratio.path("median")),
                    decimal(3, ratio.path("min")),
                    decimal(3, ratio.path("worstAlignment")));
        }
    }

    private static String decimal(int digits, JsonNode value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value.asDouble());
    }

    private String verdict(String name, double most, String words) {
        return "  goal: " + words + " at every context, by the median: " + (worst(name) <= most ? "met" : "not met");
    }

    private void putGoal(ObjectNode goal, String name, double most) {
        goal.put("atMost", most);
        goal.put("worst", worst(name));
        goal.put("met", worst(name) <= most);
    }

    private double worst(String name) {
        return elements("ratios").stream()
                .mapToDouble(each -> each.path(name).path("median").asDouble(Double.POSITIVE_INFINITY))
                .max()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private List<JsonNode> elements(String name) {
        return StreamSupport.stream(measured.path(name).spliterator(), false).toList();
    }
}
