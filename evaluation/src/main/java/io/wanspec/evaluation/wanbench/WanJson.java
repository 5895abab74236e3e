package io.wanspec.evaluation.wanbench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The outcome as one JSON object; its {@code rows} have the names of {@code wanspec sim --json}. */
public final class WanJson {
    private static final JsonMapper JSON = new JsonMapper();

    private WanJson() {}

    /**
     * One line, without its end.
     *
     * @param rows measured and simulated ones
     * @param identical whether all texts of each prompt are
     */
    public static String of(
            String command, WanBenchSettings settings, WanBench.Outcome outcome, List<WanRow> rows, boolean identical) {
        ObjectNode root = JSON.createObjectNode();
        root.put("command", command);
        root.put("target", settings.target());
        root.put("draft", settings.draft());
        root.put("pace", settings.pace().name());
        root.put("slowness", settings.slowness());
        root.put("cores", outcome.cores());
        root.put("prompts", settings.prompts().size());
        root.put("maxTokens", settings.maxTokens());
        root.put("temperature", settings.temperature());
        root.put("seed", settings.seed());
        root.put("identical", identical);
        root.set("rows", JSON.valueToTree(rows));
        root.set("overheads", JSON.valueToTree(outcome.overheads()));
        root.set("passes", JSON.valueToTree(outcome.passes()));
        return root.toString();
    }
}
