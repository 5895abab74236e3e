package io.wanspec.infra.settings;

import java.util.List;
import java.util.Optional;

/**
 * What {@code draftRegions: auto} chose: the best of the draft regions that may see prompts, if it is worth it. One, because each costs
 * as much whatever it does.
 *
 * @param candidates in the order of the file
 * @param ranked the same, the best first
 */
public record DraftChoice(List<DraftSite> candidates, List<AdvisedDraft> ranked) {
    public DraftChoice {
        candidates = List.copyOf(candidates);
        ranked = List.copyOf(ranked);
    }

    static DraftChoice of(TargetSite target, List<DraftSite> candidates, TrafficForecast traffic) {
        return new DraftChoice(candidates, AdvisedDraft.ranked(target, candidates, traffic));
    }

    /** Absent if none is worth it. */
    public Optional<DraftSite> chosen() {
        return ranked.stream()
                .findFirst()
                .filter(best -> best.advice().recommended())
                .map(AdvisedDraft::draft);
    }

    /** What was chosen, and why. */
    public String words() {
        List<String> ids = candidates.stream().map(DraftSite::id).toList();
        String of = "draftRegions: auto chose %s of " + String.join(", ", ids) + ": ";
        if (ranked.isEmpty()) {
            return of.formatted("none") + "the advisor knows none of their regions, or not the target's";
        }
        AdvisedDraft best = ranked.getFirst();
        String why = String.join("; ", best.advice().why());
        return chosen().map(
                        draft -> of.formatted(draft.id() + " (" + draft.site().region() + ")") + why)
                .orElseGet(() ->
                        of.formatted("none") + "of the best, " + best.draft().id() + ", it says: " + why);
    }
}
