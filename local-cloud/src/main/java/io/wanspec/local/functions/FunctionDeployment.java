package io.wanspec.local.functions;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** Deploys functions to the emulator, and has queues and schedules call them. */
public final class FunctionDeployment {
    private static final int MEMORY_MB = 512;

    /** Calls at once: a laptop has few cores, and the target takes one pass after the other anyway. */
    private static final int CALLS_AT_ONCE_MAX = 2;

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final LocalAws aws;

    public FunctionDeployment(LocalAws aws) {
        this.aws = aws;
    }

    /** A function that is called with the jobs of a queue, one a call, and says which are not done. */
    public void onQueue(LocalFunction function, JobQueues queues) {
        try (LambdaAsyncClient client = aws.client(LambdaAsyncClient.builder())) {
            create(client, function);
            client.createEventSourceMapping(mapping -> mapping.functionName(function.name())
                            .eventSourceArn(queues.jobsArn())
                            .batchSize(1)
                            .scalingConfig(scaling -> scaling.maximumConcurrency(CALLS_AT_ONCE_MAX))
                            .functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES))
                    .join();
        }
    }

    /** A function that is called every minute. */
    public void everyMinute(LocalFunction function) throws IOException, InterruptedException {
        try (LambdaAsyncClient client = aws.client(LambdaAsyncClient.builder())) {
            create(client, function);
        }
        String name = function.name();
        events("PutRule", "{\"Name\":\"" + name + "\",\"ScheduleExpression\":\"rate(1 minute)\"}");
        events(
                "PutTargets",
                "{\"Rule\":\"" + name + "\",\"Targets\":[{\"Id\":\"" + name + "\",\"Arn\":\""
                        + aws.arn("lambda", "function:" + name) + "\"}]}");
    }

    private void create(LambdaAsyncClient client, LocalFunction function) {
        client.createFunction(request -> request.functionName(function.name())
                        .runtime(Runtime.PROVIDED_AL2023)
                        .role("arn:aws:iam::" + LocalAws.ACCOUNT + ":role/" + function.name())
                        .handler(function.handler().getName())
                        .code(code -> code.zipFile(SdkBytes.fromByteArray(function.zip())))
                        .environment(environment -> environment.variables(function.environment()))
                        .memorySize(MEMORY_MB)
                        .timeout(Math.toIntExact(function.timeout().toSeconds())))
                .join();
    }

    /** Two calls of EventBridge are not worth its SDK. */
    private void events(String action, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(aws.endpoint())
                .timeout(ANSWER_LIMIT)
                .header("content-type", "application/x-amz-json-1.1")
                .header("x-amz-target", "AWSEvents." + action)
                // The emulator takes the region from here, and checks no signature.
                .header(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=local/20260101/" + aws.region() + "/events/aws4_request,"
                                + " SignedHeaders=host, Signature=none")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(action + " answered " + response.statusCode() + ": " + response.body());
            }
        }
    }
}
