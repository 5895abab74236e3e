package io.wanspec.infra.settings;

import io.wanspec.simulator.advice.Advice;
import io.wanspec.simulator.advice.Advisor;
import io.wanspec.simulator.advice.Demand;
import io.wanspec.simulator.advice.DraftSupply;
import io.wanspec.simulator.advice.PlaceQuestion;
import io.wanspec.simulator.region.AwsRegion;
import io.wanspec.simulator.region.AwsRegions;
import io.wanspec.simulator.region.PriceTable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A draft region of the file, and what the advisor expects of it. Those whose region or the target's it does not know have none. */
public record AdvisedDraft(DraftSite draft, Advice advice) {
    /** The best first. The same file and figures give the same order. */
    public static List<AdvisedDraft> ranked(TargetSite target, List<DraftSite> drafts, TrafficForecast traffic) {
        Optional<AwsRegion> busy = AwsRegions.find(target.site().region());
        if (busy.isEmpty()) {
            return List.of();
        }
        Advisor advisor = Advisor.ofRepository();
        return drafts.stream()
                .flatMap(draft -> AwsRegions.find(draft.site().region())
                        .map(region -> question(busy.get(), region, target, draft, traffic))
                        .flatMap(question -> advisor.rank(question).stream().findFirst())
                        .map(advice -> new AdvisedDraft(draft, advice))
                        .stream())
                .sorted(Comparator.comparing(AdvisedDraft::advice, Advice.BEST_FIRST))
                .toList();
    }

    private static PlaceQuestion question(
            AwsRegion busy, AwsRegion region, TargetSite target, DraftSite draft, TrafficForecast traffic) {
        return new PlaceQuestion(
                busy,
                List.of(region),
                DraftSupply.OWN,
                demand(traffic),
                priced(target.endpoint().instances().type(), PlaceQuestion.TARGET_INSTANCE),
                priced(draft.endpoint().instances().type(), PlaceQuestion.DRAFT_INSTANCE));
    }

    /** What the file foresees. */
    public static Demand demand(TrafficForecast traffic) {
        return Demand.of(traffic.requestsPerDay(), traffic.answerTokens());
    }

    /** The type, or another where no price of it is known. */
    private static String priced(String type, String other) {
        return PriceTable.ofRepository().find(type, PriceTable.REFERENCE_REGION).isPresent() ? type : other;
    }
}
