package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/** One page: what speculation saves, how fast answers come, what waits, which endpoints work, what it costs. */
public final class ServiceDashboard extends Construct {
    private static final int WIDTH = 8;

    private final Deployment deployment;

    public ServiceDashboard(Construct scope, String id, Deployment deployment) {
        super(scope, id);
        this.deployment = deployment;
        Dashboard.Builder.create(this, "Dashboard")
                .dashboardName(deployment.name())
                .widgets(List.of(speculation(), service(), endpoints()))
                .build();
    }

    private List<IWidget> speculation() {
        return List.of(
                graph(
                        "Busy-region draft passes",
                        sum("BusyRegionDraftPassesSaved"),
                        sum("BusyRegionDraftPasses"),
                        sum("RemoteDraftPasses")),
                graph("Acceptance", acceptance()),
                graph("Stalls (ms an answer)", p("StallTime", "p50"), p("StallTime", "p90")),
                graph("Time to first token (ms)", p("TimeToFirstToken", "p50"), p("TimeToFirstToken", "p90")),
                graph("Time per token (ms)", p("TimePerToken", "p50"), p("TimePerToken", "p90")),
                graph("Tokens", sum("Tokens")));
    }

    private List<IWidget> service() {
        String name = deployment.name();
        return List.of(
                graph(
                        "Answers",
                        ServiceAlarms.api(name, "Count", "Sum"),
                        ServiceAlarms.api(name, "4XXError", "Sum"),
                        ServiceAlarms.api(name, "5XXError", "Sum")),
                graph(
                        "Functions in use",
                        ServiceAlarms.lambda(name + "-api", "ConcurrentExecutions"),
                        ServiceAlarms.lambda(name + "-api", "Throttles")),
                graph(
                        "Jobs: oldest (s), dead",
                        ServiceAlarms.queue(name + "-jobs", "ApproximateAgeOfOldestMessage"),
                        ServiceAlarms.queue(name + "-dead-letters", "ApproximateNumberOfMessagesVisible")),
                // Charges are in us-east-1 alone, and come twice a day.
                graph("Charges this month (USD, whole account)", charges()));
    }

    private List<IWidget> endpoints() {
        List<IMetric> calls = new ArrayList<>();
        List<IMetric> errors = new ArrayList<>();
        String region = deployment.target().site().region();
        endpoint(deployment.targetEndpoint(), region, calls, errors);
        if (deployment.target().busyDraft() != null) {
            endpoint(deployment.busyDraftEndpoint(), region, calls, errors);
        }
        if (deployment.relay().isPresent()) {
            endpoint(deployment.relayEndpoint(), region, calls, errors);
        }
        deployment.allowedDrafts().stream()
                .filter(draft -> !deployment.isForeign(draft))
                .forEach(draft ->
                        endpoint(deployment.draftEndpoint(draft), draft.site().region(), calls, errors));
        return List.of(
                graph("Calls of endpoints", calls.toArray(IMetric[]::new)),
                graph("Their errors", errors.toArray(IMetric[]::new)));
    }

    private static void endpoint(String name, String region, List<IMetric> calls, List<IMetric> errors) {
        Map<String, String> dimensions = Map.of("EndpointName", name, "VariantName", "all");
        calls.add(elsewhere("Invocations", region, dimensions, name));
        errors.add(elsewhere("Invocation5XXErrors", region, dimensions, name));
    }

    private static Metric elsewhere(String metric, String region, Map<String, String> dimensions, String label) {
        return Metric.Builder.create()
                .namespace("AWS/SageMaker")
                .metricName(metric)
                .statistic("Sum")
                .region(region)
                .label(label)
                .dimensionsMap(new TreeMap<>(dimensions))
                .build();
    }

    private static Metric charges() {
        return Metric.Builder.create()
                .namespace("AWS/Billing")
                .metricName("EstimatedCharges")
                .statistic("Maximum")
                .region("us-east-1")
                .dimensionsMap(Map.of("Currency", "USD"))
                .build();
    }

    private static MathExpression acceptance() {
        return MathExpression.Builder.create()
                .expression("accepted / proposed")
                .label("accepted of proposed")
                .usingMetrics(new TreeMap<>(
                        Map.of("accepted", sum("DraftTokensAccepted"), "proposed", sum("DraftTokensProposed"))))
                .build();
    }

    private static Metric sum(String metric) {
        return ServiceAlarms.session(metric, "Sum");
    }

    private static Metric p(String metric, String quantile) {
        return ServiceAlarms.session(metric, quantile);
    }

    private static GraphWidget graph(String title, IMetric... metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .width(WIDTH)
                .left(List.of(metrics))
                .build();
    }
}
