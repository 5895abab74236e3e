package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Deployment;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/** When somebody is to be woken for the service as a whole. Endpoints have alarms of their own, in their regions. */
public final class ServiceAlarms extends Construct {
    /** Milliseconds, of one first token in ten. */
    private static final double FIRST_TOKEN_MAX = 5000;

    /** Milliseconds that the target idled in an answer, of one in ten. */
    private static final double STALL_MAX = 2000;

    /** Seconds. */
    private static final double QUEUE_MAX = 300;

    public ServiceAlarms(Construct scope, String id, Deployment deployment, AlarmTopic alarms) {
        super(scope, id);
        String name = deployment.name();
        alarms.above("gateway-errors", "The API answers with 5xx.", api(name, "5XXError", "Sum"), 5, 2);
        Stream.of("api", "worker", "authorizer", "sweeper").forEach(function -> {
            alarms.above(
                    function + "-errors",
                    "The function " + function + " fails.",
                    lambda(name + "-" + function, "Errors"),
                    3,
                    2);
        });
        alarms.above("api-full", "Requests find no function free.", lambda(name + "-api", "Throttles"), 5, 2);
        alarms.above(
                "jobs-wait",
                "Background work waits longer than five minutes.",
                queue(name + "-jobs", "ApproximateAgeOfOldestMessage"),
                QUEUE_MAX,
                3);
        alarms.above(
                "dead-letters",
                "Jobs that nobody can do were put away.",
                queue(name + "-dead-letters", "ApproximateNumberOfMessagesVisible"),
                0,
                1);
        alarms.above(
                "table-refuses",
                "The table of sessions throttles or fails.",
                AlarmTopic.metric("AWS/DynamoDB", "ThrottledRequests", "Sum", Map.of("TableName", name + "-sessions")),
                10,
                2);
        alarms.above(
                "first-token-late", "First tokens come late.", session("TimeToFirstToken", "p90"), FIRST_TOKEN_MAX, 3);
        alarms.above(
                "target-stalls",
                "The target idles for want of drafts: a draft region is slow, far, or away.",
                session("StallTime", "p90"),
                STALL_MAX,
                3);
    }

    static Metric session(String metric, String statistic) {
        return AlarmTopic.metric("WANSpec", metric, statistic, Map.of("Mode", "wanspec"));
    }

    static Metric api(String name, String metric, String statistic) {
        return AlarmTopic.metric("AWS/ApiGateway", metric, statistic, Map.of("ApiName", name));
    }

    static Metric lambda(String function, String metric) {
        return AlarmTopic.metric("AWS/Lambda", metric, "Sum", Map.of("FunctionName", function));
    }

    static Metric queue(String queue, String metric) {
        return AlarmTopic.metric("AWS/SQS", metric, "Maximum", Map.of("QueueName", queue));
    }
}
