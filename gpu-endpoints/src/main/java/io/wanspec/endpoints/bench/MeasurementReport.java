package io.wanspec.endpoints.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A measurement as one JSON object. Times are milliseconds; ratios are of medians and of minima. */
final class MeasurementReport {
    /** Of the run that a round usually verifies: four drafts and the token before them. */
    static final int VERIFIED = 5;

    private MeasurementReport() {}

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
        addMasks(report.putArray("masks"), measurement);
        addRatios(
                report.putArray("ratios"),
                measurement.models().getFirst(),
                measurement.models().getLast());
        return report;
    }

    /** A token's share of grammar work, and beside a target pass over one token. */
    private static void addMasks(ArrayNode masks, Measurement measurement) {
        AlignedSamples pass =
                run(measurement.models().getFirst().contexts().getFirst().samples(), 1);
        for (MaskCase each : measurement.masks()) {
            ObjectNode entry = masks.addObject();
            entry.put("memory", each.name());
            putTimes(entry, each.samples().medianMs(), each.samples().minMs());
            entry.put("ofPass", each.samples().medianMs() / pass.medianMs());
        }
    }

    private static void addPasses(ArrayNode passes, ModelCases model) {
        for (ContextCase context : model.contexts()) {
            context.samples().forEach((each, samples) -> {
                ObjectNode entry = passes.addObject();
                entry.put("model", model.role());
                entry.put("context", context.context());
                entry.put("shape", each.shape());
                entry.put("tokens", each.tokens());
                putTimes(entry, samples.medianMs(), samples.minMs());
            });
        }
    }

    private static void addRatios(ArrayNode ratios, ModelCases target, ModelCases draft) {
        for (int i = 0; i < target.contexts().size(); i++) {
            Map<PassCase, AlignedSamples> passes = target.contexts().get(i).samples();
            Map<PassCase, AlignedSamples> drafts = draft.contexts().get(i).samples();
            AlignedSamples one = run(passes, 1);
            ObjectNode entry = ratios.addObject();
            entry.put("context", target.contexts().get(i).context());
            putRatio(entry.putObject("verify5"), run(passes, VERIFIED), one);
            putRatio(entry.putObject("tree8"), samples(passes, Measurement.TREE_8), run(passes, 8));
            putRatio(entry.putObject("tree16"), samples(passes, Measurement.TREE_16), run(passes, 16));
            putRatio(entry.putObject("draft"), run(drafts, 1), one);
            putRatio(entry.putObject("draft8"), samples(drafts, new PassCase.Growth(8)), run(drafts, 1));
        }
    }

    private static AlignedSamples run(Map<PassCase, AlignedSamples> passes, int tokens) {
        return samples(passes, new PassCase.Run(tokens));
    }

    private static AlignedSamples samples(Map<PassCase, AlignedSamples> passes, PassCase each) {
        AlignedSamples found = passes.get(each);
        if (found == null) {
            throw new IllegalStateException(each + " was not measured");
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
