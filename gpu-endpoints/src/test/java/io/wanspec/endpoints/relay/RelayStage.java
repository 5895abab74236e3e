package io.wanspec.endpoints.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.relay.RelayCodec;
import io.wanspec.contracts.relay.RelayFrame;
import io.wanspec.contracts.relay.RelayFrame.Purpose;
import io.wanspec.contracts.relay.Ticket;
import io.wanspec.contracts.relay.TicketSeal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A relay, and who comes to it. */
final class RelayStage implements AutoCloseable {
    static final TicketSeal SEAL = TicketSeal.of("a key that nobody can guess, as we hope");
    static final ModelIdentity MODEL = new ModelIdentity("draft", "a".repeat(64), "b".repeat(64), 256, 512);
    static final String SITE = "campus";
    private static final String TOKEN = "7c1k09xq2mfb";

    final HttpClient client = HttpClient.newHttpClient();
    final RelayServer relay;

    /** With its own patience. */
    RelayStage() throws IOException {
        this(RelaySettings.of("127.0.0.1", 0));
    }

    RelayStage(RelaySettings settings) throws IOException {
        relay = RelayServer.listen(settings, SEAL);
    }

    /** A ticket of a worker of one token, which has a hundred slots. */
    static Ticket ticket(String instance, int slots, Duration life) {
        return new Ticket(
                new WorkerId(TOKEN + "." + instance),
                TOKEN,
                SITE,
                slots,
                100,
                Set.of(),
                Instant.now().plus(life));
    }

    static Ticket ticket(String instance, int slots) {
        return ticket(instance, slots, Duration.ofHours(1));
    }

    RelayClient stream() {
        return new RelayClient(client, relay.port(), "");
    }

    RelayClient worker(Purpose purpose, String sealed) {
        RelayClient stream = stream();
        stream.send(RelayCodec.encode(new RelayFrame.Hello(purpose, sealed, MODEL, ProtocolVersion.CURRENT)));
        return stream;
    }

    /** A stream that the relay has taken. */
    RelayClient welcome(Purpose purpose, Ticket ticket) throws InterruptedException {
        RelayClient stream = worker(purpose, SEAL.seal(ticket));
        assertThat(frame(stream)).isEqualTo(new RelayFrame.Welcome());
        return stream;
    }

    static RelayFrame frame(RelayClient stream) throws InterruptedException {
        return RelayCodec.decode(stream.next()).orElseThrow();
    }

    /** Why the relay ends a stream: beats that come before are passed over. */
    static String denied(RelayClient stream) throws InterruptedException {
        RelayFrame frame = frame(stream);
        while (!(frame instanceof RelayFrame.Denied(String reason))) {
            frame = frame(stream);
        }
        return reason;
    }

    RelayClient function(String site) {
        return new RelayClient(
                client,
                relay.port(),
                "?trace=x&site=" + site + "&pass="
                        + SEAL.pass(site, Instant.now().plusSeconds(3_600)));
    }

    static byte[] open(@Nullable CallerId caller) {
        return FrameCodec.encode(new DraftFrame.Open(
                ProtocolVersion.CURRENT,
                new SessionId("sess_1"),
                new ModelIdentity("target", "a".repeat(64), "c".repeat(64), 256, 512),
                SamplingOptions.greedy(),
                Tokens.of(1, 2, 3),
                DraftPlan.chain(10),
                caller));
    }

    static byte[] open() {
        return open(null);
    }

    static byte[] ready() {
        return FrameCodec.encode(new DraftFrame.Ready(ProtocolVersion.CURRENT, MODEL));
    }

    HttpResponse<byte[]> describe(String site) throws IOException, InterruptedException {
        return describe(site, SEAL.pass(site, Instant.now().plusSeconds(3_600)));
    }

    HttpResponse<byte[]> describe(String site, @Nullable String pass) throws IOException, InterruptedException {
        byte[] question =
                InvokeCodec.encode(new Invocation.Describe(ProtocolVersion.CURRENT, site, pass, MODEL.tokenizer()));
        return client.send(post(question), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Asked, and not waited for. */
    CompletableFuture<HttpResponse<byte[]>> describeSoon(String site) {
        String pass = SEAL.pass(site, Instant.now().plusSeconds(3_600));
        byte[] question =
                InvokeCodec.encode(new Invocation.Describe(ProtocolVersion.CURRENT, site, pass, MODEL.tokenizer()));
        return client.sendAsync(post(question), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest post(byte[] body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + "/invocations"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    static Reply reply(HttpResponse<byte[]> answer) {
        return InvokeCodec.decodeReply(answer.body());
    }

    /** Answers beats until it is closed, as a worker does. */
    static Thread heart(RelayClient control) {
        return heart(control, new AtomicInteger());
    }

    /** @param beats counts them */
    static Thread heart(RelayClient control, AtomicInteger beats) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                while (!control.isClosed()) {
                    if (frame(control) instanceof RelayFrame.Beat beat) {
                        beats.incrementAndGet();
                        control.send(RelayCodec.encode(beat));
                    }
                }
            } catch (InterruptedException | AssertionError over) {
                // The test is over.
            }
        });
    }

    static void eventually(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2_400 && !condition.getAsBoolean(); i++) {
            Thread.sleep(25);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Override
    public void close() {
        client.shutdownNow();
        relay.close();
    }
}
