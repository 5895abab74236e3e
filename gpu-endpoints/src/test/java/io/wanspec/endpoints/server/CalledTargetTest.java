package io.wanspec.endpoints.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.LinkId;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.RoundId;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.invoke.FrameJson;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.endpoints.twin.HashModel;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Target links that are made of single calls. */
@Timeout(180)
class CalledTargetTest {
    private static final SamplingOptions OPTIONS = new SamplingOptions(0.9, 20, 0.95, 5);
    private static final Tokens PROMPT = Tokens.of(2, 7, 1, 8);
    private static final LinkProtocol<TargetFrame> TARGET = new LinkProtocol.Target();

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.ready(Role.TARGET, HashModel.target(300));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void roundsCommitWhatTheModelDecodes() throws Exception {
        Tokens expected = server.model.decode(PROMPT, OPTIONS, 12);
        var link = new Calls<>(server, TARGET);
        assertThat(link.exchange(open(PROMPT))).hasOnlyElementsOfType(TargetFrame.Ready.class);

        Tokens committed = PROMPT;
        for (int round = 1; committed.size() < PROMPT.size() + expected.size(); round++) {
            List<TargetFrame> answers = link.exchange(verify(round, committed));
            committed = committed.plus(((TargetFrame.Verified) answers.getFirst()).tokens());
        }
        assertThat(committed.from(PROMPT.size())).isEqualTo(expected);

        int passes = server.model.passes();
        Tokens before = committed.slice(0, committed.size() - 1);
        assertThat(link.exchange(verify(expected.size(), before)).getFirst())
                .as("the same round again")
                .isInstanceOf(TargetFrame.Verified.class);
        assertThat(server.model.passes()).isEqualTo(passes);
        assertThat(link.exchange()).as("goodbye").isEmpty();
        server.awaitFreed();
    }

    @Test
    void aPrefixThatIsNotHeldIsToldAndComesWithTheRound() throws Exception {
        var link = new Calls<>(server, TARGET);

        assertThat(link.exchange(verify(1, PROMPT))).hasOnlyElementsOfType(TargetFrame.PrefixUnknown.class);
        List<TargetFrame> answers = link.exchange(List.of(open(PROMPT), verify(1, PROMPT)));
        assertThat(answers.get(0)).isInstanceOf(TargetFrame.Ready.class);
        assertThat(answers.get(1)).isInstanceOf(TargetFrame.Verified.class);
        link.exchange();
        server.awaitFreed();
    }

    @Test
    void aLinkThatIsNotCalledEnds() throws Exception {
        restart(settings -> settings.withCallIdle(Duration.ofMillis(50)));
        var link = new Calls<>(server, TARGET);
        link.exchange(open(PROMPT));

        server.awaitFreed();
        assertThat(link.exchange(verify(1, PROMPT))).hasOnlyElementsOfType(TargetFrame.PrefixUnknown.class);
    }

    @Test
    void theOneCalledLeastRecentlyGivesPlace() throws Exception {
        restart(settings -> settings.withSockets(2));
        var first = new Calls<>(server, TARGET);
        var second = new Calls<>(server, TARGET);
        var third = new Calls<>(server, TARGET);
        first.exchange(open(PROMPT));
        second.exchange(open(PROMPT));
        first.exchange(verify(1, PROMPT));
        third.exchange(open(PROMPT));

        assertThat(first.exchange(verify(1, PROMPT))).hasOnlyElementsOfType(TargetFrame.Verified.class);
        assertThat(second.exchange(verify(1, PROMPT))).hasOnlyElementsOfType(TargetFrame.PrefixUnknown.class);
        for (var link : List.of(first, second, third)) {
            link.exchange();
        }
        server.awaitFreed();
    }

    @Test
    void aVersionThatIsNotSpokenIsRefusedAndTheLinkIsOver() throws Exception {
        var link = new Calls<>(server, TARGET);
        var strange = new TargetFrame.Open(new ProtocolVersion(99), new SessionId("s"), OPTIONS, PROMPT, PROMPT.size());

        assertThat(link.exchange(List.of(strange, verify(1, PROMPT))))
                .singleElement()
                .isInstanceOfSatisfying(
                        TargetFrame.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(RefusalCode.PROTOCOL_MISMATCH));
    }

    @Test
    void aSessionOfSageMakersIsOpenedForWhoAsks() throws Exception {
        LinkId link = new Calls<>(server, TARGET).id();
        assertThat(sessionOf(link, "NEW_SESSION")).startsWith(link + "; Expires=20");
        assertThat(sessionOf(link, link.value())).isEmpty();
        server.invoke(new Invocation.Exchange(link, List.of()));
        server.awaitFreed();
    }

    @Test
    void aTargetIsNotFollowed() throws Exception {
        byte[] body = InvokeCodec.encode(new Invocation.Follow(LinkId.fresh(), List.of()));
        assertThat(server.post(body).statusCode()).isEqualTo(400);
    }

    /** However much others have queued: only who begins is refused for that. */
    @Test
    void aSessionThatWasLetInHasItsRoundsDone() throws Exception {
        server.close();
        server = TestServer.ready(Role.TARGET, HashModel.endless(100), settings -> settings.withQueuedJobs(1));
        try (TestLink<TargetFrame> link = server.link(TARGET)) {
            link.send(open(PROMPT));
            link.receive(TargetFrame.Ready.class);
            int passes = server.model.passes();
            CountDownLatch gate = server.model.hold();
            CompletableFuture<HttpResponse<String>> other = generate();
            while (server.model.passes() == passes) {
                if (other.isDone()) {
                    // Refused: the link's session was still at work.
                    other = generate();
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
            link.send(verify(1, PROMPT));
            gate.countDown();
            link.receive(TargetFrame.Verified.class);
            assertThat(other.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        server.awaitFreed();
    }

    private CompletableFuture<HttpResponse<String>> generate() {
        byte[] body = InvokeCodec.encode(new Invocation.Generate(PROMPT, SamplingOptions.greedy(), 3));
        return server.client.sendAsync(server.request(body), HttpResponse.BodyHandlers.ofString());
    }

    private void restart(UnaryOperator<ServerSettings> settings) throws IOException {
        server.close();
        server = TestServer.ready(Role.TARGET, HashModel.target(300), settings);
    }

    private String sessionOf(LinkId link, String asked) throws IOException, InterruptedException {
        byte[] body =
                InvokeCodec.encode(new Invocation.Exchange(link, List.of(FrameJson.of(TARGET.encode(open(PROMPT))))));
        HttpRequest request = HttpRequest.newBuilder(server.request(body), (name, value) -> true)
                .header("X-Amzn-SageMaker-Session-Id", asked)
                .build();
        return server.client
                .send(request, HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("X-Amzn-SageMaker-Session-Id")
                .orElse("");
    }

    private static TargetFrame open(Tokens prefix) {
        return new TargetFrame.Open(ProtocolVersion.CURRENT, new SessionId("s"), OPTIONS, prefix, PROMPT.size());
    }

    private static TargetFrame verify(int round, Tokens prefix) {
        return new TargetFrame.Verify(new RoundId(round), prefix.size(), Branch.of(prefix), TokenTree.none());
    }
}
