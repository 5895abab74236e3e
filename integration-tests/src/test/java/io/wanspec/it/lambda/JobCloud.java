package io.wanspec.it.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import io.wanspec.emulator.aws.AwsEmulator;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.WanSpecFunctions;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.TableClient;
import io.wanspec.local.functions.JobQueues;
import io.wanspec.local.functions.LocalAws;
import io.wanspec.local.functions.SessionsTable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The API in this process; table, queues and the zips of <i>worker</i> and <i>sweeper</i> in the AWS emulator; toy models. */
final class JobCloud implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String REGION = "us-east-1";
    private static final String TABLE = "sessions";
    private static final int WORKERS = 3;

    final ToyRegions regions = new ToyRegions();
    final JobQueues queues;
    final SqsAsyncClient sqs;
    private final AwsEmulator emulator;
    private final DeployedZips functions;
    private final DynamoDbAsyncClient dynamo;
    private final EmbeddedServer api;
    private final HttpClient http = HttpClient.newHttpClient();
    private boolean deployed;

    JobCloud(Path folder) throws Exception {
        emulator = AwsEmulator.start(SharedAwsEmulator.program(), 0, folder.resolve("aws.log"));
        var aws = new LocalAws(emulator.endpoint(), REGION);
        queues = new JobQueues(aws);
        queues.make();
        SessionsTable.make(aws, TABLE);
        sqs = SqsAsyncClient.builder()
                .endpointOverride(emulator.endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(LocalAws.credentials())
                .build();
        functions = new DeployedZips(emulator.endpoint(), REGION);
        var store = new StoreSettings(
                REGION, emulator.endpoint(), TABLE, Duration.ofHours(1), true, Duration.ofMillis(100));
        dynamo = TableClient.of(store, LocalAws.credentials());
        api = WanSpecFunctions.start(ToyRegions.properties(environment()), LocalAws.credentials());
    }

    /** Where the table is. */
    URI table() {
        return emulator.endpoint();
    }

    /** A function's settings. */
    Map<String, String> environment() {
        String aws = emulator.endpoint().toString();
        Map<String, String> all = new HashMap<>(regions.environment());
        all.put("WANSPEC_SESSIONS_TABLE", TABLE);
        all.put("WANSPEC_SESSIONS_ENDPOINT_OVERRIDE", aws);
        all.put("WANSPEC_SESSIONS_REQUIRED", "true");
        all.put("WANSPEC_SESSIONS_CHECKPOINT_INTERVAL", "100ms");
        all.put("WANSPEC_JOBS_QUEUE", queues.jobs().toString());
        all.put("WANSPEC_JOBS_DEAD_LETTERS", queues.deadLetters().toString());
        all.put("WANSPEC_JOBS_ENDPOINT_OVERRIDE", aws);
        all.put("WANSPEC_JOBS_VISIBILITY", "4s");
        return all;
    }

    /**
     * From now on workers take what waits in the queue, each of them a process that ends its calls after {@code limit}. They are deployed
     * once.
     */
    void deployWorker(Duration limit) throws IOException {
        if (deployed) {
            return;
        }
        deployed = true;
        functions.create("worker", "WorkerFunction", environment(), limit);
        functions
                .lambda
                .createEventSourceMapping(mapping -> mapping.functionName("worker")
                        .eventSourceArn("arn:aws:sqs:" + REGION + ":000000000000:"
                                + Path.of(queues.jobs().getPath()).getFileName())
                        .batchSize(2)
                        .scalingConfig(scaling -> scaling.maximumConcurrency(WORKERS))
                        .functionResponseTypes(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES))
                .join();
    }

    /** Calls <i>sweeper</i> as a schedule does. */
    String sweep() throws IOException {
        functions.create("sweeper", "SweeperFunction", environment(), Duration.ofSeconds(60));
        return functions
                .lambda
                .invoke(call -> call.functionName("sweeper").payload(SdkBytes.fromUtf8String("{\"id\": \"1\"}")))
                .join()
                .payload()
                .asUtf8String();
    }

    /** Processes of workers that live now. */
    List<ProcessHandle> workers() {
        return ProcessHandle.of(emulator.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                // By the program: the class's name stands behind a class path that is longer than what the system
                // tells.
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .filter(JobCloud::isWorker)
                .toList();
    }

    /** By its environment, where the system tells it. */
    private static boolean isWorker(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "environ"), ISO_8859_1)
                    .contains("AWS_LAMBDA_FUNCTION_NAME=worker\0");
        } catch (IOException e) {
            return true;
        }
    }

    JsonNode post(String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("/v1/responses"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    JsonNode response(String id) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("/v1/responses/" + id)).build());
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return MAPPER.readTree(answer.body());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + api.getPort() + path);
    }

    /** A second message about the same session: what a queue may do at any time. */
    void deliverAgain(String session) {
        message("{\"session\": \"" + session + "\"}");
    }

    void message(String body) {
        sqs.sendMessage(send -> send.queueUrl(queues.jobs().toString()).messageBody(body))
                .join();
    }

    /** What the queue gives to whoever asks now; without a mapping nobody else does. */
    List<Message> receive(int most) {
        return sqs.receiveMessage(receive -> receive.queueUrl(queues.jobs().toString())
                        .maxNumberOfMessages(most)
                        .messageSystemAttributeNamesWithStrings("All"))
                .join()
                .messages();
    }

    /** Makes a session look as if its function had been lost so long ago. */
    void abandon(String session, Duration ago) {
        long then = Instant.now().minus(ago).toEpochMilli();
        dynamo.updateItem(update -> update.tableName(TABLE)
                        .key(Map.of("pk", text("session#" + session), "sk", text("head")))
                        .updateExpression("SET #owner = :owner, leaseUntil = :until, dueAt = :due")
                        .conditionExpression("attribute_exists(leaseUntil)")
                        .expressionAttributeNames(Map.of("#owner", "owner"))
                        .expressionAttributeValues(Map.of(
                                ":owner", text("a function that is gone"),
                                ":until", number(then),
                                ":due", number(then / 1000))))
                .join();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.builder().s(value).build();
    }

    private static AttributeValue number(long value) {
        return AttributeValue.builder().n(String.valueOf(value)).build();
    }

    /** Takes some dead letters, with their reasons. */
    List<Message> takeDeadLetters() {
        String queue = queues.deadLetters().toString();
        List<Message> letters = sqs.receiveMessage(receive -> receive.queueUrl(queue)
                        .maxNumberOfMessages(10)
                        .messageAttributeNames("All")
                        .waitTimeSeconds(1))
                .join()
                .messages();
        letters.forEach(
                letter -> sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(letter.receiptHandle()))
                        .join());
        return letters;
    }

    /** Messages that wait, or that somebody works on. */
    int jobsLeft() {
        var attributes = sqs.getQueueAttributes(
                        get -> get.queueUrl(queues.jobs().toString()).attributeNamesWithStrings("All"))
                .join()
                .attributesAsStrings();
        return attributes.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("ApproximateNumberOfMessages"))
                .mapToInt(entry -> Integer.parseInt(entry.getValue()))
                .sum();
    }

    @Override
    public void close() {
        api.stop();
        http.close();
        functions.close();
        dynamo.close();
        sqs.close();
        emulator.close();
        regions.close();
    }
}
