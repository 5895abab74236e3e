package io.wanspec.evaluation.eval;

import io.wanspec.contracts.Ints;
import io.wanspec.endpoints.eval.EvalLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps what the figures need of all that is observed, by temperature. */
public final class Observations implements EvalRun.Observer {
    private final Map<Double, Collected> byTemperature = new TreeMap<>();
    private EvalLine.@Nullable Begun begun;

    private static final class Collected {
        private final List<DraftPredictions.Text> texts = new ArrayList<>();
        private LookupFigures lookup = LookupFigures.NONE;
    }

    @Override
    public void begun(EvalLine.Begun line) {
        begun = line;
    }

    @Override
    public void observed(EvalLine.Observed line) {
        Collected collected = byTemperature.computeIfAbsent(line.temperature(), t -> new Collected());
        collected.texts.add(new DraftPredictions.Text(line.entropies(), line.ranks(), firsts(line.surprisals())));
        collected.lookup = collected.lookup.plus(Lookups.of(line.promptTokens(), line.tokens()));
    }

    private static Ints firsts(List<Ints> surprisals) {
        return Ints.of(surprisals.stream().mapToInt(each -> each.get(0)).toArray());
    }

    /** What the passes took. */
    EvalLine.Begun passes() {
        return Objects.requireNonNull(begun, "nothing has been observed");
    }

    /** In rising order of the temperatures. */
    Map<Double, DraftFigures> figures() {
        Map<Double, DraftFigures> figures = new TreeMap<>();
        byTemperature.forEach((temperature, each) ->
                figures.put(temperature, DraftFigures.of(new DraftPredictions(each.texts), each.lookup)));
        return figures;
    }
}
