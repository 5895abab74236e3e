package io.wanspec.evaluation.loadbench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The outcome as one JSON object. */
public final class LoadJson {
    private static final JsonMapper JSON = new JsonMapper();

    private LoadJson() {}

    /** One line, without its end. */
    public static String of(String command, LoadSettings settings, LoadBench.Outcome outcome) {
        ObjectNode root = JSON.createObjectNode();
        root.put("command", command);
        root.put("target", settings.cloud().target());
        root.put("draft", settings.cloud().draft());
        root.put("rttMs", settings.cloud().rttMs() / settings.slowness());
        root.put("pace", settings.cloud().pace().name());
        root.put("slowness", settings.slowness());
        root.put("cores", outcome.cores());
        root.put("maxTokens", LoadSettings.TOKENS);
        root.put("prompts", settings.prompts().size());
        root.put("temperature", settings.temperature());
        root.put("seed", settings.seed());
        root.put("leaving", settings.leaving());
        root.put("rounds", outcome.rounds());
        root.put("identical", outcome.identical());
        ArrayNode rows = root.putArray("rows");
        outcome.rows().forEach(row -> put(rows.addObject(), row));
        return root.toString();
    }

    private static void put(ObjectNode json, PointRow row) {
        json.put("mode", row.point().mode().word());
        json.put("clients", row.point().clients());
        json.put("tokensPerSecond", row.tokensPerSecond());
        put(json, "ttftP50Ms", row.ttftP50Ms());
        put(json, "ttftP95Ms", row.ttftP95Ms());
        json.put("failed", row.failed());
        ObjectNode reasons = json.putObject("reasons");
        new TreeMap<>(row.reasons()).forEach(reasons::put);
        json.put("refused", row.refused());
        json.put("left", row.left());
        json.put("answers", row.answers());
        json.put("waits", row.waits());
        json.put("seconds", row.seconds());
        json.put("overruns", row.overruns());
        json.put("valid", row.valid());
    }

    private static void put(ObjectNode json, String name, OptionalDouble figure) {
        if (figure.isPresent()) {
            json.put(name, figure.getAsDouble());
        } else {
            json.putNull(name);
        }
    }
}
