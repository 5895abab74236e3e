package io.wanspec.endpoints.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A measurement as one JSON object. Times are milliseconds; ratios are of medians and of minima. */
final class Report {
    /** Of the run that a round usually verifies: four drafts and the token before them. */
    static final int VERIFIED = 5;

    private Report() {}

    static ObjectNode of(Measurement measurement, int rounds) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("rounds", rounds);
        ArrayNode passes = report.putArray("passes");
        measurement.models().forEach(model -> addPasses(passes, model));
        ArrayNode sampling = report.putArray("sampling");
        for (SamplingCase each : measurement.sampling()) {
            ObjectNode entry = sampling.addObject();
            entry.put("temperature", each.options().temperature());
            entry.put("topP", each.options().topP());
            putTimes(entry, each.samples().medianMs(), each.samples().minMs());
            entry.put("checksum", each.checksum());
        }
        addRatios(
                report.putArray("ratios"),
                measurement.models().getFirst(),
                measurement.models().getLast());
        return report;
    }

    private static void addPasses(ArrayNode passes, ModelCases model) {
        for (ContextCase context : model.contexts()) {
            context.samples().forEach((size, samples) -> {
                ObjectNode entry = passes.addObject();
                entry.put("model", model.role());
                entry.put("context", context.context());
                entry.put("tokens", size);
                putTimes(entry, samples.medianMs(), samples.minMs());
            });
        }
    }

    private static void addRatios(ArrayNode ratios, ModelCases target, ModelCases draft) {
        for (int i = 0; i < target.contexts().size(); i++) {
            Map<Integer, AlignedSamples> passes = target.contexts().get(i).samples();
            AlignedSamples one = samples(passes, 1);
            AlignedSamples drafted = samples(draft.contexts().get(i).samples(), 1);
            ObjectNode entry = ratios.addObject();
            entry.put("context", target.contexts().get(i).context());
            putRatio(entry.putObject("verify5"), samples(passes, VERIFIED), one);
            putRatio(entry.putObject("draft"), drafted, one);
        }
    }

    private static AlignedSamples samples(Map<Integer, AlignedSamples> passes, int size) {
        AlignedSamples found = passes.get(size);
        if (found == null) {
            throw new IllegalStateException("passes of " + size + " tokens were not measured");
        }
        return found;
    }

    private static void putTimes(ObjectNode entry, double medianMs, double minMs) {
        entry.put("medianMs", medianMs);
        entry.put("minMs", minMs);
    }

    private static void putRatio(ObjectNode entry, AlignedSamples over, AlignedSamples under) {
        entry.put("median", over.medianMs() / under.medianMs());
        entry.put("min", over.minMs() / under.minMs());
        entry.put("worstAlignment", over.worstRatioTo(under));
    }
}
