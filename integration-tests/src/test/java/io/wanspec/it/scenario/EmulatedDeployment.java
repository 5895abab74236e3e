package io.wanspec.it.scenario;

import io.micronaut.runtime.server.EmbeddedServer;
import io.wanspec.functions.WanSpecFunctions;
import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.jobs.Delivery;
import io.wanspec.functions.jobs.JobWorker;
import io.wanspec.functions.jobs.SqsClients;
import io.wanspec.functions.jobs.SqsJobs;
import io.wanspec.functions.settings.JobSettings;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.it.lambda.ToyRegions;
import io.wanspec.local.functions.LocalAws;
import io.wanspec.local.functions.SessionsTable;
import io.wanspec.testing.SteadyThread;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The API in this process, which asks for keys, with table and queue in an emulator of AWS, whichever it is, and toy models. What waits in the queue is done
 * by a worker in this process too, which is called as Lambda's event source mapping calls one.
 */
final class EmulatedDeployment implements Deployment {
    private static final String TABLE = "sessions";
    private static final Duration CALL = Duration.ofMinutes(10);

    private final ToyRegions regions = new ToyRegions();
    private final AutoCloseable emulator;
    private final SqsAsyncClient sqs;
    private final URI jobs;
    private final EmbeddedServer api;
    private final TableKeyDesk desk;
    private final KeyDesk.Made first;
    private final SteadyThread mapping;

    /** @param emulator is closed with the deployment */
    EmulatedDeployment(URI endpoint, String region, AutoCloseable emulator) {
        this.emulator = emulator;
        var store = new StoreSettings(region, endpoint, TABLE, Duration.ofHours(1), true, Duration.ofMillis(100));
        SessionsTable.make(new LocalAws(endpoint, region), TABLE);
        desk = new TableKeyDesk(store);
        first = desk.make("first", KeyLimits.none(), PromptRegions.any());
        sqs = SqsClients.of(settings(endpoint, region, endpoint), LocalAws.credentials());
        jobs = queue("jobs");
        api = WanSpecFunctions.start(
                ToyRegions.properties(environment(endpoint, region, queue("dead"))), LocalAws.credentials());
        JobWorker worker = api.getApplicationContext().getBean(JobWorker.class);
        mapping = SteadyThread.start("event-source-mapping", () -> call(worker, received()));
    }

    private URI queue(String name) {
        return URI.create(sqs.createQueue(make -> make.queueName(name)).join().queueUrl());
    }

    private static JobSettings settings(URI endpoint, String region, URI queue) {
        return new JobSettings(
                region,
                endpoint,
                queue,
                null,
                JobSettings.VISIBILITY_DEFAULT,
                JobSettings.DELIVERIES_MAX_DEFAULT,
                JobSettings.HAND_OVER_DEFAULT);
    }

    private Map<String, String> environment(URI endpoint, String region, URI deadLetters) {
        Map<String, String> all = new HashMap<>(regions.environment());
        all.put("WANSPEC_TARGET_REGION", region);
        all.put("WANSPEC_ACCESS_REQUIRED", "true");
        all.put("WANSPEC_SESSIONS_TABLE", TABLE);
        all.put("WANSPEC_SESSIONS_ENDPOINT_OVERRIDE", endpoint.toString());
        all.put("WANSPEC_JOBS_QUEUE", jobs.toString());
        all.put("WANSPEC_JOBS_DEAD_LETTERS", deadLetters.toString());
        all.put("WANSPEC_JOBS_ENDPOINT_OVERRIDE", endpoint.toString());
        return all;
    }

    private List<Message> received() {
        return sqs.receiveMessage(receive -> receive.queueUrl(jobs.toString())
                        .waitTimeSeconds(1)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .join()
                .messages();
    }

    private void call(JobWorker worker, List<Message> batch) throws InterruptedException {
        List<String> kept =
                worker.work(batch.stream().map(EmulatedDeployment::delivery).toList(), CALL);
        batch.stream()
                .filter(message -> !kept.contains(message.messageId()))
                .forEach(message -> sqs.deleteMessage(
                                delete -> delete.queueUrl(jobs.toString()).receiptHandle(message.receiptHandle()))
                        .join());
    }

    private static Delivery delivery(Message message) {
        Map<MessageSystemAttributeName, String> attributes = message.attributes();
        return new Delivery(
                message.messageId(),
                message.receiptHandle(),
                message.body(),
                Integer.parseInt(attributes.getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")),
                SqsJobs.caller(attributes.get(MessageSystemAttributeName.MESSAGE_GROUP_ID)));
    }

    @Override
    public URI gateway() {
        return URI.create("http://127.0.0.1:" + api.getPort());
    }

    @Override
    public String model() {
        return ToyRegions.MODEL;
    }

    @Override
    public Optional<String> key() {
        return Optional.of(first.secret());
    }

    @Override
    public Optional<KeyDesk> keys() {
        return Optional.of(desk);
    }

    @Override
    public void close() throws Exception {
        try {
            mapping.close();
        } finally {
            api.stop();
            sqs.close();
            desk.close();
            regions.close();
            emulator.close();
        }
    }
}
