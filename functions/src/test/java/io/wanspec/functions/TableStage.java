package io.wanspec.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.functions.follow.TextRecords;
import io.wanspec.functions.follow.WithoutReaders;
import io.wanspec.functions.responses.ResponseId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Two functions before toy models, a table and a queue of the AWS emulator. */
final class TableStage implements AutoCloseable {
    static final JsonMapper MAPPER = new JsonMapper();

    final Stage stage;
    final EmbeddedServer other;
    final Map<String, Object> settings = new HashMap<>();
    private final SqsAsyncClient sqs = sqs();
    private final String queue;

    TableStage(Map<String, Object> more) throws IOException, InterruptedException {
        String name = EmulatedTables.fresh("responses");
        String aws = SharedAwsEmulator.endpoint().toString();
        Map<String, Object> properties = new HashMap<>();
        properties.put("wanspec.sessions.table", name);
        properties.put("wanspec.sessions.endpoint-override", aws);
        properties.put("wanspec.sessions.checkpoint-interval", "20ms");
        queue = sqs.createQueue(q -> q.queueName(name)).join().queueUrl();
        properties.put("wanspec.jobs.queue", queue);
        properties.put("wanspec.jobs.endpoint-override", aws);
        properties.putAll(more);
        stage = new Stage(properties).ready();
        other = stage.another(properties);
        settings.putAll(properties);
        for (int i = 0; i < 2_400 && !send(other, get("/healthz")).body().contains("\"status\":\"ok\""); i++) {
            Thread.sleep(25);
        }
    }

    private static SqsAsyncClient sqs() {
        return SqsAsyncClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(SharedAwsEmulator.endpoint())
                .credentialsProvider(Stage.CREDENTIALS)
                .build();
    }

    /** A third function, as a process of its own. */
    KilledFunction function() throws IOException, InterruptedException {
        return KilledFunction.start(stage, settings);
    }

    /** The jobs that wait. They stay in the queue, which gives them to nobody else for a while. */
    List<String> jobs() {
        return received().stream().map(Message::body).toList();
    }

    /** Those that wait, and leave the queue once they are done. */
    void eachJob(Consumer<String> work) {
        for (Message job : received()) {
            work.accept(job.body());
            sqs.deleteMessage(d -> d.queueUrl(queue).receiptHandle(job.receiptHandle()))
                    .join();
        }
    }

    private List<Message> received() {
        return sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(1))
                .join()
                .messages();
    }

    /** What is served in the place of the target, under its name. */
    static ModelIdentity replacing(char weights, char tokenizer) {
        ModelIdentity before = ToyLanguage.identity(Stage.MODEL, tokenizer);
        return new ModelIdentity(
                before.name(),
                before.tokenizer(),
                String.valueOf(weights).repeat(64),
                before.vocabulary(),
                before.contextTokens());
    }

    /** What a worker does with the job of a response. */
    void work(String response) {
        var session = new ResponseId(response).session();
        other.getApplicationContext().getBean(TextRecords.class).resume(session, WithoutReaders.GO_ON);
    }

    static HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create("http://placeholder" + path)).GET();
    }

    static HttpRequest.Builder post(String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://placeholder" + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(stage.server, request);
    }

    HttpResponse<String> send(EmbeddedServer server, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return stage.client.send(at(server, request), HttpResponse.BodyHandlers.ofString());
    }

    static HttpRequest at(EmbeddedServer server, HttpRequest.Builder request) {
        URI asked = request.build().uri();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        return request.uri(URI.create("http://127.0.0.1:" + server.getPort() + asked.getRawPath() + query))
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    JsonNode json(HttpRequest.Builder request) throws IOException, InterruptedException {
        return MAPPER.readTree(send(request).body());
    }

    /** A stream's events, each as it was sent. Comments are none. */
    static List<String> events(String stream) {
        return new ArrayList<>(Arrays.stream(stream.split("\n\n"))
                .filter(event -> !event.isBlank() && !event.startsWith(":"))
                .toList());
    }

    @Override
    public void close() {
        sqs.close();
        other.stop();
        stage.close();
    }
}
