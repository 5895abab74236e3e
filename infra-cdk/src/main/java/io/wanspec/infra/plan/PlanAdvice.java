package io.wanspec.infra.plan;

import io.wanspec.infra.settings.AdvisedDraft;
import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DraftChoice;
import io.wanspec.simulator.advice.Advice;
import io.wanspec.simulator.advice.Advisor;
import io.wanspec.simulator.advice.DraftSupply;
import io.wanspec.simulator.advice.PlaceQuestion;
import io.wanspec.simulator.region.AwsRegion;
import io.wanspec.simulator.region.AwsRegions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the advisor says of a deployment's draft regions, and whether it would rather have another. */
final class PlanAdvice {
    private final Deployment deployment;
    private final List<String> lines = new ArrayList<>();

    private PlanAdvice(Deployment deployment) {
        this.deployment = deployment;
    }

    /** Nothing if it does not know the target's region. */
    static List<String> of(Deployment deployment) {
        PlanAdvice advice = new PlanAdvice(deployment);
        AwsRegions.find(deployment.target().site().region()).ifPresent(advice::about);
        return List.copyOf(advice.lines);
    }

    private void about(AwsRegion target) {
        lines.add("Advice (./wanspec place --target " + target.code() + "; docs/study.md):");
        DraftChoice choice = deployment.choice();
        if (choice != null) {
            lines.add("- " + choice.words());
        }
        List<AdvisedDraft> here =
                AdvisedDraft.ranked(deployment.target(), deployment.allowedDrafts(), deployment.traffic());
        if (choice == null) {
            here.forEach(each -> lines.add("- draft " + each.draft().id() + ": " + words(each.advice())));
        }
        best(target)
                .filter(best -> here.stream().noneMatch(each -> each.advice().rttMs() <= best.rttMs()))
                .ifPresent(best -> lines.add("- nearer than these is " + best.region() + ": " + words(best)));
    }

    private static String words(Advice advice) {
        return String.join("; ", advice.why());
    }

    private Optional<Advice> best(AwsRegion target) {
        List<AwsRegion> allowed = AwsRegions.all().stream()
                .filter(region -> deployment.residency().allows(region.code()))
                .toList();
        return Advisor.ofRepository()
                .rank(new PlaceQuestion(
                        target,
                        allowed,
                        DraftSupply.OWN,
                        AdvisedDraft.demand(deployment.traffic()),
                        PlaceQuestion.TARGET_INSTANCE,
                        PlaceQuestion.DRAFT_INSTANCE))
                .stream()
                .findFirst()
                .filter(Advice::recommended);
    }
}
