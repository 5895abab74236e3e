package io.wanspec.evaluation.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.request.Choice;
import java.util.OptionalDouble;

/** The comparison as one JSON object, for scripts. */
public final class DemoJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private DemoJson() {}

    /**
     * One line, without its end. A ratio to nothing is {@code null}, and so is what was left to the goal.
     *
     * @param latePasses share of passes that took longer than the pace, if there is one and the servers told
     */
    public static String of(
            DemoComparison comparison, ChatRequest request, DemoSettings settings, OptionalDouble latePasses) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("rttMs", settings.rttMs());
        root.put("jitterMs", settings.jitterMs());
        root.put("model", request.model());
        root.put("draftModel", settings.draftModel());
        root.put("prompt", request.prompt());
        root.put("temperature", request.temperature());
        root.put("topP", request.topP());
        comparison.wanspec().seed().ifPresent(seed -> root.put("seed", seed));
        root.put("draft", settings.speculation().drafts().kind().word());
        root.put("goal", settings.speculation().goal().word());
        root.put(
                "redundancy",
                settings.speculation().redundancy().map(Choice::word).orElse(null));
        put(root, "price", settings.speculation().price());
        root.put("pace", settings.pace().name());
        root.put("paced", settings.pace().isPaced());
        root.put("slowness", settings.slowness());
        root.put("cores", settings.cores());
        root.set("wanspec", MAPPER.valueToTree(comparison.wanspec().ledger()));
        root.set("b1", MAPPER.valueToTree(comparison.colocated().ledger()));
        root.set("b0", MAPPER.valueToTree(comparison.targetOnly().ledger()));
        root.put("b1RunLength", comparison.runLength());
        put(root, "latePasses", latePasses);
        root.put("identical", comparison.identical());
        put(root, "busyDraftPassRatio", comparison.busyDraftPassRatio());
        put(root, "latencyRatio", comparison.latencyRatio());
        put(root, "latencyRatioToB0", comparison.latencyRatioToTargetOnly());
        return root.toString();
    }

    private static void put(ObjectNode root, String name, OptionalDouble value) {
        if (value.isPresent()) {
            root.put(name, value.getAsDouble());
        } else {
            root.putNull(name);
        }
    }
}
