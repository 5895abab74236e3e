package io.wanspec.it.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What an account has in a region of the emulator: the lists of its services, as they answer. Keys in KMS stay a while, as in AWS. */
final class Inventory {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String JSON = "application/x-amz-json-1.1";

    private Inventory() {}

    /** Of each service its list, without what differs in every answer. */
    static Map<String, String> of(URI emulator, String account, String region)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var place = new Place(http, emulator, account, region);
            Map<String, String> lists = new TreeMap<>();
            lists.put("stacks", place.query("cloudformation", "DescribeStacks", "2010-05-15"));
            lists.put("roles", place.query("iam", "ListRoles", "2010-05-08"));
            lists.put("topics", place.query("sns", "ListTopics", "2010-03-31"));
            lists.put("alarms", place.query("monitoring", "DescribeAlarms", "2010-08-01"));
            lists.put("dashboards", place.query("monitoring", "ListDashboards", "2010-08-01"));
            lists.put("tables", place.json("dynamodb", "DynamoDB_20120810.ListTables"));
            lists.put("queues", place.json("sqs", "AmazonSQS.ListQueues"));
            lists.put("rules", place.json("events", "AWSEvents.ListRules"));
            lists.put("logs", place.json("logs", "Logs_20140328.DescribeLogGroups"));
            lists.put("functions", place.get("lambda", "/2015-03-31/functions"));
            lists.put("mappings", place.get("lambda", "/2015-03-31/event-source-mappings"));
            lists.put("APIs", place.get("apigateway", "/restapis"));
            lists.put("buckets", place.get("s3", "/"));
            return lists;
        }
    }

    private record Place(HttpClient http, URI emulator, String account, String region) {
        String query(String service, String action, String version) throws IOException, InterruptedException {
            return send(
                    service,
                    request("/")
                            .header("content-type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("Action=" + action + "&Version=" + version)));
        }

        String json(String service, String action) throws IOException, InterruptedException {
            return send(
                    service,
                    request("/")
                            .header("content-type", JSON)
                            .header("x-amz-target", action)
                            .POST(BodyPublishers.ofString("{}")));
        }

        String get(String service, String path) throws IOException, InterruptedException {
            return send(service, request(path).GET());
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(emulator.resolve(path)).timeout(LIMIT);
        }

        private String send(String service, HttpRequest.Builder request) throws IOException, InterruptedException {
            // The emulator takes account, region and service from here, and checks no signature.
            HttpResponse<String> answer = http.send(
                    request.header(
                                    "authorization",
                                    "AWS4-HMAC-SHA256 Credential=" + account + "/20260101/" + region + "/" + service
                                            + "/aws4_request, SignedHeaders=host, Signature=none")
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body().replaceAll("<RequestId>.*?</RequestId>", "");
        }
    }
}
