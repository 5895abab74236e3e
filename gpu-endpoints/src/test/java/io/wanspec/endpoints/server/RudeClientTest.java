package io.wanspec.endpoints.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.endpoints.twin.HashModel;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that break the rules on the wire, as the JDK's client cannot: they are told why, and harm nobody else. */
@Timeout(180)
class RudeClientTest {
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.ready(Role.TARGET, HashModel.target(200));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anOversizeFrameInOnePieceIsRefusedInWords() throws IOException {
        try (RawLink link = upgraded()) {
            link.sendText(RawLink.filler(Limits.FRAME_BYTES_MAX + 1));
            RawLink.Received first = link.receive();
            assertThat(first.opcode()).isEqualTo(RawLink.TEXT);
            assertThat(first.text()).contains("BAD_FRAME", String.valueOf(Limits.FRAME_BYTES_MAX));
            assertThat(link.receive().opcode()).isEqualTo(RawLink.CLOSE);
        }
    }

    /** A close with unread bytes behind it resets the connection, and a reset may overtake the refusal. */
    @RepeatedTest(10)
    void aRefusalReachesAClientThatIsStillSending() throws IOException, InterruptedException {
        try (RawLink link = upgraded()) {
            link.sendText("{}".getBytes(StandardCharsets.UTF_8));
            sendAsLongAsPossible(link);
            assertThat(link.receive().text()).contains("BAD_FRAME");
        }
    }

    @Test
    void aStreamWithoutAnUpgradeIsABadRequest() throws IOException {
        try (RawLink link = new RawLink(server.server.port())) {
            link.write("GET " + HttpHandler.STREAM_PATH + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(link.head()).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void fieldsThatAreMissingAreNamed() throws IOException, InterruptedException {
        assertNamed("{\"type\":\"generate\",\"prompt\":[1],\"maxTokens\":1}", "sampling");
        assertNamed(
                "{\"type\":\"generate\",\"prompt\":[1],\"sampling\":{\"temperature\":9,\"topK\":0,\"topP\":1,\"seed\":0},"
                        + "\"maxTokens\":1}",
                "sampling");
        assertNamed("{\"type\":\"tokenize\",\"messages\":[{\"role\":\"user\"}]}", "messages");
    }

    /** Where a constructor and not a field is at fault, the sentence has to do. */
    @Test
    void aMissingPromptIsABadRequest() throws IOException, InterruptedException {
        String body =
                "{\"type\":\"generate\",\"sampling\":{\"temperature\":0,\"topK\":0,\"topP\":1,\"seed\":0},\"maxTokens\":1}";
        HttpResponse<byte[]> response = server.post(body.getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(((Reply.Failed) InvokeCodec.decodeReply(response.body())).message())
                .contains("prompt");
    }

    @Test
    void aLinkEndsAfterItsLongestLife() throws IOException, InterruptedException {
        HashModel model = HashModel.target(200);
        try (TestServer brief = TestServer.ready(
                        Role.TARGET, model, settings -> settings.withLinkLife(Duration.ofMillis(500)));
                TestLink<TargetFrame> link = brief.link(new LinkProtocol.Target())) {
            link.send(open());
            link.receive(TargetFrame.Ready.class);
            link.awaitClose();
            brief.awaitFreed();
        }
    }

    @Test
    void othersAreServedMeanwhile() throws IOException, InterruptedException {
        try (RawLink rude = upgraded();
                RawLink half = new RawLink(server.server.port());
                TestLink<TargetFrame> honest = server.link(new LinkProtocol.Target())) {
            rude.sendText(RawLink.filler(Limits.FRAME_BYTES_MAX + 1));
            half.write("POST /invocations HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{");
            honest.send(open());
            honest.receive(TargetFrame.Ready.class);
        }
    }

    @Test
    void aConnectionCutInsideAFrameFreesItsSession() throws IOException, InterruptedException {
        try (RawLink link = upgraded()) {
            link.sendText(FrameCodec.encode(open()));
            assertThat(link.receive().text()).contains("ready");
            link.write("\u0001");
        }
        server.awaitFreed();
    }

    private RawLink upgraded() throws IOException {
        RawLink link = new RawLink(server.server.port());
        link.upgrade();
        return link;
    }

    private static void sendAsLongAsPossible(RawLink link) throws InterruptedException {
        byte[] more = RawLink.filler(64 << 10);
        try {
            for (int i = 0; i < 50; i++) {
                link.sendText(more);
                Thread.sleep(1);
            }
        } catch (IOException _) {
            // The server has hung up; what it said before must still be readable.
        }
    }

    private void assertNamed(String body, String field) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = server.post(body.getBytes(StandardCharsets.UTF_8));
        String answer = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(response.statusCode()).as(answer).isEqualTo(400);
        Reply.Failed failed = (Reply.Failed) InvokeCodec.decodeReply(response.body());
        assertThat(failed.field()).as(answer).contains(field);
    }

    private static TargetFrame.Open open() {
        return new TargetFrame.Open(
                ProtocolVersion.CURRENT, new SessionId("s"), SamplingOptions.greedy(), Tokens.of(3, 1), 2);
    }
}
