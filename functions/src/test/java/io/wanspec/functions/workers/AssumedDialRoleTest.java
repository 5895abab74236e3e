package io.wanspec.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsAsyncClient;

/** What STS is asked for a worker, read on the way to the emulator's STS, and what comes of it. */
@Timeout(60)
class AssumedDialRoleTest {
    private static final String ROLE = "arn:aws:iam::222222222222:role/wanspec-worker-dial-us-east-1";
    private static final String RELAY = "arn:aws:sagemaker:us-east-1:222222222222:endpoint/wanspec-relay";
    private static final String WORKER = "0123456789ab.k3j8xq2m";
    private static final AwsCredentialsProvider OWN =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("111111111111", "local"));

    /** Started before anybody waits for it. */
    private final URI aws = SharedAwsEmulator.endpoint();

    private final BlockingQueue<Map<String, String>> asked = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer way;
    private StsAsyncClient sts;

    @BeforeEach
    void open() throws IOException {
        way = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        way.createContext("/", this::pass);
        way.start();
        sts = client(URI.create("http://127.0.0.1:" + way.getAddress().getPort()), OWN);
    }

    private static StsAsyncClient client(URI uri, AwsCredentialsProvider credentials) {
        return StsAsyncClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(uri)
                .credentialsProvider(credentials)
                .build();
    }

    @AfterEach
    void close() {
        sts.close();
        way.stop(0);
        client.close();
    }

    /** On to the emulator, as it is. */
    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.add(form(new String(body, StandardCharsets.UTF_8)));
        HttpRequest.Builder on = HttpRequest.newBuilder(aws).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : new String[] {"authorization", "content-type", "x-amz-date"}) {
            on.header(header, exchange.getRequestHeaders().getFirst(header));
        }
        try {
            HttpResponse<byte[]> answer = client.send(on.build(), HttpResponse.BodyHandlers.ofByteArray());
            exchange.getResponseHeaders().set("content-type", "text/xml");
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static Map<String, String> form(String body) {
        return Stream.of(body.split("&", -1))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    @Test
    void aWorkerGetsStreamsToTheRelayForAQuarterOfAnHourAndNothingElse() throws Exception {
        Instant before = Instant.now();
        JoinOutcome.DialCredentials given =
                new AssumedDialRole(sts, ROLE, RELAY).credentials(WORKER).orElseThrow();
        Map<String, String> question = asked.take();
        assertThat(question)
                .containsEntry("Action", "AssumeRole")
                .containsEntry("RoleArn", ROLE)
                .containsEntry("RoleSessionName", WORKER)
                .containsEntry("DurationSeconds", "900");
        assertThat(json(question.getOrDefault("Policy", ""))).isEqualTo(json("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                 "Action": "sagemaker:InvokeEndpointWithBidirectionalStream", "Resource": "%s"}]}""".formatted(RELAY)));
        assertThat(given.expiresAt())
                .isBetween(before.plus(Duration.ofMinutes(14)), before.plus(Duration.ofMinutes(17)));
        assertThat(given.toString()).doesNotContain(given.secretAccessKey(), given.sessionToken());
        assertThat(whoIs(given)).startsWith("arn:aws:sts::222222222222:assumed-role/wanspec-worker-dial-us-east-1/");
        assertThat(asked).isEmpty();
    }

    @Test
    void aRoleThatIsRefusedIsToldWithoutAWordOfWhatWasAsked() {
        var dial = new AssumedDialRole(sts, "arn:aws:iam::222222222222:role/x", RELAY);
        way.removeContext("/");
        way.createContext("/", exchange -> {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        assertThatThrownBy(() -> dial.credentials(WORKER))
                .isInstanceOf(SdkClientException.class)
                .hasMessageStartingWith("the role of workers cannot be taken");
    }

    private String whoIs(JoinOutcome.DialCredentials given) {
        var session = AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
        try (StsAsyncClient worker = client(aws, StaticCredentialsProvider.create(session))) {
            return worker.getCallerIdentity().join().arn();
        }
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new JsonMapper().readTree(text);
    }
}
