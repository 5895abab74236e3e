package io.wanspec.evaluation.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** The table, at most 80 columns wide. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-28s %12s %12s", "", "median", "minimum"));
        elements("passes").forEach(pass -> lines.add(passLine(pass)));
        elements("sampling").forEach(each -> lines.add(samplingLine(each)));
        lines.add("");
        lines.add(String.format(Locale.ROOT, "%-28s %12s %12s %16s", "", "median", "minimum", "worst alignment"));
        elements("ratios").forEach(each -> lines.add(ratioLine(each, "verify5", "5 tokens / 1 token")));
        lines.add(verdict("verify5", VERIFY_MAX, "at most 1.5"));
        elements("ratios").forEach(each -> lines.add(ratioLine(each, "draft", "draft / target pass")));
        lines.add(verdict("draft", DRAFT_MAX, "at most 1/8"));
        elements("ratios").forEach(each -> lines.add(ratioLine(each, "tree8", "tree 8 / run 8")));
        elements("ratios").forEach(each -> lines.add(ratioLine(each, "tree16", "tree 16 / run 16")));
        elements("ratios").forEach(each -> lines.add(ratioLine(each, "draft8", "draft growth 8 / run 1")));
        return List.copyOf(lines);
    }

    private static String passLine(JsonNode pass) {
        String label = String.format(
                Locale.ROOT,
                "%-6s %-6s %d at %d",
                pass.path("model").asText(),
                pass.path("shape").asText(),
                pass.path("tokens").asInt(),
                pass.path("context").asInt());
        return times(label, pass);
    }

    private static String samplingLine(JsonNode each) {
        return times(
                String.format(
                        Locale.ROOT, "sampling, top_p %.2f", each.path("topP").asDouble()),
                each);
    }

    private static String times(String label, JsonNode times) {
        return String.format(
                Locale.ROOT,
                "%-28s %9.2f ms %9.2f ms",
                label,
                times.path("medianMs").asDouble(),
                times.path("minMs").asDouble());
    }

    private static String ratioLine(JsonNode ratios, String name, String words) {
        JsonNode ratio = ratios.path(name);
        String label = words + " at " + ratios.path("context").asInt();
        return String.format(
                Locale.ROOT,
                "%-28s %12.3f %12.3f %16.3f",
                label,
                ratio.path("median").asDouble(),
                ratio.path("min").asDouble(),
                ratio.path("worstAlignment").asDouble());
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
