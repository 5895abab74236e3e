package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Deployment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** A region's alarms and who hears of them: CloudWatch tells topics of its own region only. */
public final class AlarmTopic extends Construct {
    private static final Duration PERIOD = Duration.minutes(5);

    private final Topic topic;
    private final String prefix;

    public AlarmTopic(Construct scope, String id, Deployment deployment) {
        super(scope, id);
        this.prefix = deployment.name() + "-";
        this.topic = Topic.Builder.create(this, "Topic")
                .topicName(Stack.of(this).getStackName() + "-alarms")
                .masterKey(DataKey.ofAlarms(this, "Key", "alarms", deployment.profile()))
                .enforceSsl(true)
                .build();
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
                .build());
        deployment.alarms().emails().forEach(email -> topic.addSubscription(new EmailSubscription(email)));
    }

    public static Metric metric(String namespace, String name, String statistic, Map<String, String> dimensions) {
        return Metric.Builder.create()
                .namespace(namespace)
                .metricName(name)
                .statistic(statistic)
                .period(PERIOD)
                // In a fixed order: dashboards keep it, and templates are to be the same each time.
                .dimensionsMap(new TreeMap<>(dimensions))
                .build();
    }

    /** An alarm when the metric is above the threshold for so many periods; nothing said is nothing wrong. */
    public Alarm above(String name, String meaning, IMetric metric, double threshold, int periods) {
        return alarm(name, meaning, metric, threshold, periods, ComparisonOperator.GREATER_THAN_THRESHOLD);
    }

    private Alarm alarm(
            String name, String meaning, IMetric metric, double threshold, int periods, ComparisonOperator operator) {
        Alarm alarm = Alarm.Builder.create(this, name)
                .alarmName(name.startsWith(prefix) ? name : prefix + name)
                .alarmDescription(meaning + " See docs/operations.md, " + name + ".")
                .metric(metric)
                .threshold(threshold)
                .evaluationPeriods(periods)
                .comparisonOperator(operator)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
        alarm.addAlarmAction(new SnsAction(topic));
        alarm.addOkAction(new SnsAction(topic));
        return alarm;
    }
}
