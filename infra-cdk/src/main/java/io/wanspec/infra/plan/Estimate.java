package io.wanspec.infra.plan;

import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.EndpointPlan;
import io.wanspec.infra.settings.OpenHours;
import io.wanspec.infra.settings.Reach;
import io.wanspec.simulator.region.PriceTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment costs in a month of 730 hours, from the price table, with endpoints at their least number of instances and
 * the traffic that the settings foresee.
 */
public final class Estimate {
    static final double HOURS = 730;
    private static final double DAYS = HOURS / 24;
    private static final double MILLION = 1e6;

    /** Assumptions, which {@link #assumptions} tells. */
    private static final double MS_A_TOKEN = 20;

    private static final double WRITES_A_REQUEST = 10;
    private static final double READS_A_REQUEST = 6;
    private static final double LOG_BYTES_A_REQUEST = 3000;
    private static final double WAN_BYTES_A_TOKEN = 400;

    private static final int ALARMS_SERVICE = 11;
    private static final int ALARMS_ENDPOINT = 2;
    private static final int SWEEPS_AN_HOUR = 60;
    private static final int ZONES = 2;
    private static final int LINKS = 2;

    private final Deployment deployment;
    private final PriceTable prices;
    private final List<CostLine> lines = new ArrayList<>();

    private Estimate(Deployment deployment, PriceTable prices) {
        this.deployment = deployment;
        this.prices = prices;
    }

    public static List<CostLine> of(Deployment deployment, PriceTable prices) {
        Estimate estimate = new Estimate(deployment, prices);
        estimate.endpoints();
        estimate.standing();
        estimate.requests();
        return List.copyOf(estimate.lines);
    }

    public static double total(List<CostLine> lines) {
        return lines.stream().mapToDouble(CostLine::usd).sum();
    }

    public static double idle(List<CostLine> lines) {
        return lines.stream().filter(CostLine::idle).mapToDouble(CostLine::usd).sum();
    }

    public static List<String> assumptions() {
        return List.of(
                "730 hours a month; endpoints at their least number of instances, in their hours; no free tier, tax, discount or support",
                "an answer's token takes 20 ms, and the function waits for all of them",
                "a request writes 10 units of 1 KB to the table, reads 6, and logs 3 KB",
                "400 bytes cross between regions for each token");
    }

    private void endpoints() {
        endpoint(
                "target",
                deployment.target().site().region(),
                deployment.target().endpoint(),
                1);
        EndpointPlan busy = deployment.target().busyDraft();
        if (busy != null) {
            endpoint("busy-region draft", deployment.target().site().region(), busy, 1);
        }
        deployment
                .relay()
                .ifPresent(relay -> endpoint("relay", deployment.target().site().region(), relay, 1));
        deployment
                .allowedDrafts()
                .forEach(draft ->
                        endpoint("draft " + draft.id(), draft.site().region(), draft.endpoint(), share(draft.hours())));
    }

    private static double share(@Nullable OpenHours hours) {
        return hours == null ? 1 : hours.share();
    }

    /** @param share of the time that it is there */
    private void endpoint(String what, String region, EndpointPlan plan, double share) {
        var instances = plan.instances();
        idle(
                what + ", " + instances.min() + " x " + instances.type(),
                region,
                instances.type(),
                HOURS * share * instances.min());
    }

    private void standing() {
        String region = deployment.target().site().region();
        int drafts = deployment.allowedDrafts().size();
        int relays = deployment.relay().isPresent() ? 1 : 0;
        int endpoints = 1 + drafts + relays + (deployment.target().busyDraft() == null ? 0 : 1);
        // Topics have a key each; table, queues and logs one a stack if asked for.
        int keys = (2 + drafts) + (deployment.data().customerKey() ? 1 + drafts : 0);
        idle("keys in KMS", region, "key", keys);
        // Each that has hours has one for them.
        int closing = Math.toIntExact(deployment.allowedDrafts().stream()
                .filter(draft -> draft.hours() != null)
                .count());
        idle("alarms", region, "alarm", ALARMS_SERVICE + ALARMS_ENDPOINT * endpoints + closing);
        idle("dashboard", region, "dashboard", 1);
        if (relays > 0) {
            idle("the key of tickets", region, "secret", relays);
        }
        idle("sweeper", region, "lambda-gb-second", HOURS * SWEEPS_AN_HOUR);
        if (deployment.api().firewall()) {
            idle("firewall", region, "firewall", 1);
        }
        if (deployment.network() == Reach.PRIVATE) {
            idle("NAT gateways", region, "nat-gateway", HOURS * ZONES);
            idle("private links", region, "private-link", HOURS * ZONES * LINKS);
        }
    }

    private void requests() {
        String region = deployment.target().site().region();
        var traffic = deployment.traffic();
        double requests = traffic.requestsPerDay() * DAYS;
        double seconds = requests * traffic.answerTokens() * MS_A_TOKEN / 1000;
        used(
                "functions, time",
                region,
                "lambda-gb-second",
                seconds * deployment.functions().memoryMb() / 1024);
        used("functions, calls", region, "lambda-requests", 2 * requests / MILLION);
        used("API", region, "api-requests", requests / MILLION);
        used("table, writes", region, "table-writes", WRITES_A_REQUEST * requests / MILLION);
        used("table, reads", region, "table-reads", READS_A_REQUEST * requests / MILLION);
        used("logs", region, "logs", LOG_BYTES_A_REQUEST * requests / 1e9);
        used(
                "between regions",
                region,
                "between-regions",
                deployment.allowedDrafts().isEmpty() ? 0 : WAN_BYTES_A_TOKEN * traffic.answerTokens() * requests / 1e9);
        if (deployment.api().firewall()) {
            used("firewall, requests", region, "firewall-requests", requests / MILLION);
        }
    }

    private void idle(String what, String region, String item, double quantity) {
        lines.add(new CostLine(
                what, region, quantity, true, prices.find(item, region).orElse(null)));
    }

    private void used(String what, String region, String item, double quantity) {
        lines.add(new CostLine(
                what, region, quantity, false, prices.find(item, region).orElse(null)));
    }
}
