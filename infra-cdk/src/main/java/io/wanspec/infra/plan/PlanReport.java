package io.wanspec.infra.plan;

import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.EndpointPlan;
import io.wanspec.infra.settings.OpenHours;
import io.wanspec.simulator.region.PriceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The plan as text: where, what, for how much, and what it saves. */
public final class PlanReport {
    private final Deployment deployment;
    private final List<String> lines = new ArrayList<>();

    private PlanReport(Deployment deployment) {
        this.deployment = deployment;
    }

    public static List<String> of(Deployment deployment, PriceTable prices) {
        PlanReport report = new PlanReport(deployment);
        report.regions();
        report.costs(Estimate.of(deployment, prices));
        report.saving(Saving.of(deployment));
        report.advice();
        return List.copyOf(report.lines);
    }

    private void regions() {
        var target = deployment.target();
        say("Deployment %s, profile %s", deployment.name(), deployment.profile().word());
        say("");
        say("%-11s %-13s %s", "region", "account", "what");
        site(
                target.site().region(),
                target.site().account(),
                "API, functions (" + deployment.functions().runtime().word() + "), table, queues; target "
                        + instances(target.endpoint()));
        EndpointPlan busy = target.busyDraft();
        if (busy != null) {
            site("", "", "busy-region draft " + instances(busy));
        }
        deployment
                .allowedDrafts()
                .forEach(draft -> site(
                        draft.site().region(),
                        draft.site().account(),
                        "draft " + draft.id() + " " + instances(draft.endpoint()) + hours(draft.hours())));
        deployment
                .allowedOnSite()
                .forEach(worker -> site(
                        "on site",
                        "",
                        "draft " + worker.id() + " at " + worker.address() + "; nothing is made for it"));
        relay();
        deployment
                .forbiddenDrafts()
                .forEach(draft -> site(
                        draft.site().region(),
                        draft.site().account(),
                        "draft " + draft.id() + ": forbidden by residency, not deployed"));
        say("");
    }

    private void relay() {
        deployment
                .relay()
                .ifPresent(relay -> site("", "", "relay " + instances(relay) + ", where workers on site dial in"));
        deployment
                .allowedSites()
                .forEach(each -> site(
                        "on site",
                        "",
                        "draft " + each.id() + ": machines with tokens for " + each.name()
                                + ", which dial in; nothing is made for them"));
        deployment
                .forbiddenSites()
                .forEach(each ->
                        site("on site", "", "draft " + each.id() + ": forbidden by residency, nobody is let in"));
    }

    private static String hours(@Nullable OpenHours hours) {
        return hours == null ? "" : ", from " + hours.words();
    }

    private static String instances(EndpointPlan plan) {
        var range = plan.instances();
        return (range.scales() ? range.min() + " to " + range.max() : "" + range.min()) + " x " + range.type();
    }

    private void site(String region, String account, String what) {
        say("%-11s %-13s %s", region, account, what);
    }

    private void costs(List<CostLine> costs) {
        say("%-38s %-11s %14s %12s", "a month, USD", "region", "idle", "with traffic");
        for (CostLine line : costs) {
            String amount = String.format(Locale.ROOT, "%.2f", line.usd());
            say(
                    "%-38s %-11s %14s %12s  %s",
                    line.what(), line.region(), line.idle() ? amount : "", amount, line.remark());
        }
        say("%-38s %-11s %14.2f %12.2f", "total", "", Estimate.idle(costs), Estimate.total(costs));
        say("");
        say(
                "Prices: simulator/src/main/resources/io/wanspec/simulator/region/prices.csv says of each when and where it was read. None of them");
        say("was read at AWS; tools/refresh-prices does that. Assumed:");
        Estimate.assumptions().forEach(assumption -> say("- %s", assumption));
        var traffic = deployment.traffic();
        say(
                "- %d requests a day, %d tokens of prompt and %d of answer each",
                traffic.requestsPerDay(), traffic.promptTokens(), traffic.answerTokens());
        budget(costs);
        say("");
    }

    private void budget(List<CostLine> costs) {
        int limit = deployment.alarms().monthlyUsd();
        if (limit == 0) {
            return;
        }
        List<String> accounts = deployment.accounts();
        say("");
        say(
                accounts.size() == 1
                        ? "Budget: %d USD a month (alarms.monthly-usd) in account %s."
                        : "Budgets: %d USD a month (alarms.monthly-usd) in each of the accounts %s; nobody adds up what they spend.",
                limit,
                String.join(", ", accounts));
        if (Estimate.total(costs) > limit) {
            say("The estimate is beyond that.");
        }
    }

    private void saving(Optional<Saving> found) {
        if (found.isEmpty()) {
            say("No draft region: nothing is saved in the busy one.");
            return;
        }
        Saving saving = found.get();
        say(
                "Expected of draft %s, %.0f ms away%s, against co-located speculation (B1):",
                saving.draft(), saving.rttMs(), saving.known() ? "" : " (assumed: the pair is in no table here)");
        say(
                "- %.0f %% fewer draft passes in the busy region: %.2f a token instead of %.2f",
                saving.percent(), saving.busyPasses(), saving.busyPassesB1());
        say("- a token takes %.2f times as long", saving.latency());
        say("- %.1f million busy-region draft passes a month not made", saving.passesAMonth(deployment) / 1e6);
        say(
                "Simulated, not measured on AWS: %d requests of the reference scenario (target pass 40 ms, drafts 6 and 8 ms, acceptance",
                Saving.REQUESTS);
        say("0.8), one draft worker, goal economy. ./wanspec sim has the details.");
    }

    private void advice() {
        List<String> advice = PlanAdvice.of(deployment);
        if (!advice.isEmpty()) {
            say("");
            lines.addAll(advice);
        }
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private void say(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
