package io.wanspec.endpoints.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.endpoints.twin.HashModel;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server does when there is too much of something. */
@Timeout(180)
class LimitsTest {
    private static final Tokens PROMPT = Tokens.of(3, 1);
    private static final LinkProtocol<TargetFrame> TARGET = new LinkProtocol.Target();

    @Test
    void workBeyondTheQueueIsRefused() throws Exception {
        HashModel model = HashModel.endless(100);
        try (TestServer server = TestServer.ready(Role.TARGET, model, settings -> settings.withQueuedJobs(1))) {
            CountDownLatch gate = model.hold();
            byte[] body = InvokeCodec.encode(new Invocation.Generate(PROMPT, SamplingOptions.greedy(), 3));
            CompletableFuture<HttpResponse<byte[]>> first =
                    server.client.sendAsync(server.request(body), HttpResponse.BodyHandlers.ofByteArray());
            while (model.passes() == 0) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            HttpResponse<byte[]> second = server.post(body);
            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(((Reply.Failed) InvokeCodec.decodeReply(second.body())).code())
                    .isEqualTo(ReplyCode.OVERLOADED);
            try (TestLink<TargetFrame> link = server.link(TARGET)) {
                link.send(open(PROMPT));
                assertThat(link.receive(TargetFrame.Refused.class).code()).isEqualTo(RefusalCode.OVERLOADED);
                link.awaitClose();
            }
            gate.countDown();
            assertThat(first.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aConnectionBeyondTheLimitIsClosed() throws IOException, InterruptedException {
        HashModel model = HashModel.endless(100);
        try (TestServer server = TestServer.ready(Role.TARGET, model, settings -> settings.withSockets(1));
                TestLink<TargetFrame> link = server.link(TARGET)) {
            assertThatThrownBy(() -> server.get("/ping")).isInstanceOf(IOException.class);
            link.send(open(PROMPT));
            link.receive(TargetFrame.Ready.class);
        }
    }

    @Test
    void anOversizeMessageEndsTheLink() throws IOException, InterruptedException {
        try (TestServer server = TestServer.ready(Role.TARGET, HashModel.endless(100));
                TestLink<TargetFrame> link = server.link(TARGET)) {
            link.sendText("x".repeat(Limits.FRAME_BYTES_MAX + 1));
            TargetFrame.Refused refused = link.receive(TargetFrame.Refused.class);
            assertThat(refused.code()).isEqualTo(RefusalCode.BAD_FRAME);
            assertThat(refused.reason()).contains("1048576");
            link.awaitClose();
        }
    }

    @Test
    void aGenerationEndsWithItsClient() throws Exception {
        HashModel model = HashModel.endless(1000);
        try (TestServer server = TestServer.ready(Role.TARGET, model)) {
            CountDownLatch gate = model.hold();
            byte[] body = InvokeCodec.encode(new Invocation.Generate(PROMPT, SamplingOptions.greedy(), 900));
            CompletableFuture<HttpResponse<byte[]>> call =
                    server.client.sendAsync(server.request(body), HttpResponse.BodyHandlers.ofByteArray());
            while (model.passes() == 0) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            call.cancel(true);
            TimeUnit.MILLISECONDS.sleep(500);
            gate.countDown();
            server.awaitFreed();
            assertThat(model.passes()).isLessThan(900);
        }
    }

    @Test
    void aSessionBeyondTheSequencesAndTheWaitingRoomIsRefused() throws IOException, InterruptedException {
        List<TestLink<TargetFrame>> links = new ArrayList<>();
        try (TestServer server = new TestServer(Role.TARGET, HashModel.endless(100), settings -> settings)) {
            server.becomeReady(0, 0);
            fill(server, links);
            try (TestLink<TargetFrame> link = server.link(TARGET)) {
                link.send(open(PROMPT));
                assertThat(link.receive(TargetFrame.Refused.class).code()).isEqualTo(RefusalCode.OVERLOADED);
            }
            byte[] body = InvokeCodec.encode(new Invocation.Generate(PROMPT, SamplingOptions.greedy(), 3));
            assertThat(server.post(body).statusCode()).isEqualTo(503);
            links.forEach(TestLink::close);
            server.awaitFreed();
        }
    }

    @Test
    void aSessionBeyondTheSequencesWaitsUntilOneIsFree() throws Exception {
        List<TestLink<TargetFrame>> links = new ArrayList<>();
        try (TestServer server = TestServer.ready(Role.TARGET, HashModel.endless(100))) {
            fill(server, links);
            byte[] body = InvokeCodec.encode(new Invocation.Generate(PROMPT, SamplingOptions.greedy(), 3));
            CompletableFuture<HttpResponse<byte[]>> generation =
                    server.client.sendAsync(server.request(body), HttpResponse.BodyHandlers.ofByteArray());
            try (TestLink<TargetFrame> waiting = server.link(TARGET);
                    TestLink<TargetFrame> leaving = server.link(TARGET)) {
                leaving.send(open(new SessionId("leaving"), PROMPT));
                waiting.send(open(new SessionId("waiting"), PROMPT));
                leaving.close();
                links.removeFirst().close();
                waiting.receive(TargetFrame.Ready.class);
                assertThat(generation.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
            links.forEach(TestLink::close);
            server.awaitFreed();
        }
    }

    /** For want of room a draft's link is refused when it opens: one that was told it is ready drafts, however late it is asked to. */
    @Test
    void aDraftThatIsLetInIsNotEndedByThoseWhoComeLater() throws Exception {
        HashModel model = HashModel.draft(100);
        LinkProtocol<DraftFrame> draft = new LinkProtocol.Draft();
        List<TestLink<DraftFrame>> links = new ArrayList<>();
        try (TestServer server = TestServer.ready(Role.DRAFT, model)) {
            for (int i = 0; i < TestServer.SEQUENCES_MAX; i++) {
                links.add(server.link(draft));
                links.getLast().send(openDraft(PROMPT.size()));
                links.getLast().receive(DraftFrame.Ready.class);
            }
            try (TestLink<DraftFrame> late = server.link(draft)) {
                late.send(openDraft(PROMPT.size() + 3));
                assertThat(late.receive(DraftFrame.Refused.class).code()).isEqualTo(RefusalCode.OVERLOADED);
                late.awaitClose();
            }
            for (TestLink<DraftFrame> link : links) {
                link.send(new DraftFrame.Advance(
                        PROMPT.size(), Branch.of(PROMPT), Tokens.of(7), DraftPlan.chain(PROMPT.size() + 2)));
                assertThat(link.receive(DraftFrame.Drafted.class).size()).isPositive();
            }
            links.forEach(TestLink::close);
            server.awaitFreed();
        }
    }

    private static DraftFrame.Open openDraft(int draftUpTo) {
        return new DraftFrame.Open(
                ProtocolVersion.CURRENT,
                new SessionId("s"),
                HashModel.target(100).identity(),
                SamplingOptions.greedy(),
                PROMPT,
                DraftPlan.chain(draftUpTo));
    }

    private static void fill(TestServer server, List<TestLink<TargetFrame>> links)
            throws IOException, InterruptedException {
        for (int i = 0; i < TestServer.SEQUENCES_MAX; i++) {
            links.add(server.link(TARGET));
            links.getLast().send(open(PROMPT));
            links.getLast().receive(TargetFrame.Ready.class);
        }
    }

    private static TargetFrame.Open open(Tokens prefix) {
        return open(new SessionId("s"), prefix);
    }

    private static TargetFrame.Open open(SessionId session, Tokens prefix) {
        return new TargetFrame.Open(ProtocolVersion.CURRENT, session, SamplingOptions.greedy(), prefix, prefix.size());
    }
}
