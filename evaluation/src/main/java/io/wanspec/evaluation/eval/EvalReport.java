package io.wanspec.evaluation.eval;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.endpoints.eval.EvalLine;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** The figures as JSON: one object for each temperature. Shares are 0 to 1, times milliseconds; null = nothing to count. */
public final class EvalReport {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final double NATS = 1_000;
    private static final double TENTHS = 10;

    private final EvalRun.Settings settings;
    private final String core;
    private final Observations observations;

    /** @param core that both models ran on, in words */
    public EvalReport(EvalRun.Settings settings, String core, Observations observations) {
        this.settings = settings;
        this.core = core;
        this.observations = observations;
    }

    /** One line: an object if there was one temperature, else an array of them in rising order. */
    public String json() {
        ArrayNode all = MAPPER.createArrayNode();
        observations.figures().forEach((temperature, figures) -> all.add(object(temperature, figures)));
        return all.size() == 1 ? all.get(0).toString() : all.toString();
    }

    private ObjectNode object(double temperature, DraftFigures figures) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("target", settings.target());
        json.put("draft", settings.draft());
        json.put("core", core);
        json.put("temperature", temperature);
        json.put("maxTokens", settings.maxTokens());
        json.put("seed", settings.seed());
        json.put("prompts", figures.texts());
        json.put("tokens", figures.tokens());
        json.put("acceptance", figures.acceptance());
        ArrayNode byPosition = json.putArray("acceptanceByPosition");
        figures.byPosition().forEach(share -> byPosition.add(share.acceptance()));
        ArrayNode tries = json.putArray("triesByPosition");
        figures.byPosition().forEach(share -> tries.add(share.tries()));
        ArrayNode bins = json.putArray("entropyBins");
        figures.entropyBins().forEach(bin -> put(bins.addObject(), bin));
        ArrayNode chances = json.putArray("chanceBins");
        figures.chanceBins().forEach(bin -> put(chances.addObject(), bin));
        put(json.putObject("rankAfterMismatch"), figures.mismatchRanks());
        put(json, "auc", figures.auc());
        put(json, "surprisalAuc", figures.surprisalAuc());
        json.put("lookupAcceptance", figures.lookup().acceptance());
        json.put("lookupProposed", (double) figures.lookup().proposed() / figures.tokens());
        putPasses(json, observations.passes());
        return json;
    }

    private static void put(ObjectNode json, EntropyBin bin) {
        json.put("fromNats", bin.fromMilliNats() / NATS);
        if (bin.toMilliNats() == Integer.MAX_VALUE) {
            json.putNull("toNats");
        } else {
            json.put("toNats", bin.toMilliNats() / NATS);
        }
        json.put("tokens", bin.tokens());
        put(json, "acceptance", bin.acceptance());
    }

    private static void put(ObjectNode json, ChanceBin bin) {
        json.put("from", bin.tenth() / TENTHS);
        json.put("to", (bin.tenth() + 1) / TENTHS);
        json.put("tokens", bin.tokens());
        put(json, "chance", bin.chance());
        put(json, "acceptance", bin.acceptance());
    }

    private static void put(ObjectNode json, MismatchRanks ranks) {
        boolean any = ranks.mismatches() > 0;
        put(json, "second", any ? OptionalDouble.of(ranks.share(ranks.second())) : OptionalDouble.empty());
        put(json, "third", any ? OptionalDouble.of(ranks.share(ranks.third())) : OptionalDouble.empty());
        put(json, "fourth", any ? OptionalDouble.of(ranks.share(ranks.fourth())) : OptionalDouble.empty());
        put(json, "beyond", any ? OptionalDouble.of(ranks.share(ranks.beyond())) : OptionalDouble.empty());
        json.put("mismatches", ranks.mismatches());
    }

    private static void put(ObjectNode json, String field, OptionalDouble value) {
        if (value.isPresent()) {
            json.put(field, value.getAsDouble());
        } else {
            json.putNull(field);
        }
    }

    private static void putPasses(ObjectNode json, EvalLine.Begun passes) {
        double draftMs = Objects.requireNonNull(passes.draftPassMs().get(1));
        double targetMs = Objects.requireNonNull(passes.targetPassMs().get(1));
        json.put("draftPassMs", draftMs);
        json.put("targetPassMs", targetMs);
        json.put("passRatio", draftMs / targetMs);
        json.put("passContext", passes.passContext());
        put(json.putObject("draftPassMsByTokens"), passes.draftPassMs());
        put(json.putObject("targetPassMsByTokens"), passes.targetPassMs());
    }

    private static void put(ObjectNode json, Map<Integer, Double> msByTokens) {
        msByTokens.forEach((tokens, ms) -> json.put("" + tokens, ms));
    }
}
