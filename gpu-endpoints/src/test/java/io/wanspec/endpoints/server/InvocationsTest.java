package io.wanspec.endpoints.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.RoundId;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.contracts.invoke.EndpointRole;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.endpoints.twin.HashModel;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The container contract's plain HTTP part. */
@Timeout(180)
class InvocationsTest {
    private static final SamplingOptions OPTIONS = new SamplingOptions(0.9, 20, 0.95, 5);
    private static final Tokens PROMPT = Tokens.of(2, 7, 1, 8);

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer(Role.TARGET, HashModel.target(300), settings -> settings);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersPingsFromTheStart() throws IOException, InterruptedException {
        assertThat(server.get("/ping").statusCode()).isEqualTo(503);
        assertFailed(server.post(InvokeCodec.encode(new Invocation.Describe(ProtocolVersion.CURRENT))), 503, "loading");
        server.becomeReady();
        assertThat(server.get("/ping").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsHowTheCachesStand() throws IOException, InterruptedException {
        server.becomeReady(1_000_000);
        server.post(InvokeCodec.encode(new Invocation.Generate(PROMPT, OPTIONS, 4)));
        String caches = new String(server.get("/caches").body(), StandardCharsets.UTF_8);
        assertThat(caches)
                .startsWith("{\"bytesMax\":1000000,\"bytesOf1024\":1025,\"bytes\":")
                .contains("\"waiting\":0,", "\"givenUp\":0,", "\"sharedTokens\":0}");
    }

    @Test
    void whatCannotFitByItsLengthIsRefusedBeforeItIsTokenized() throws IOException, InterruptedException {
        server.becomeReady();
        int context = server.model.identity().contextTokens();
        var failed = (Reply.Failed) server.invoke(new Invocation.Tokenize(null, "a".repeat(context + 1)));

        assertThat(failed.code()).isEqualTo(ReplyCode.CONTEXT_EXCEEDED);
        assertThat(failed.message()).contains("at least " + (context + 1) + " tokens", "context of " + context);
        assertThat(server.invoke(new Invocation.Tokenize(null, "a".repeat(context))))
                .isInstanceOf(Reply.Tokenized.class);
    }

    @Test
    void describesAndTokenizes() throws IOException, InterruptedException {
        server.becomeReady();
        assertThat(server.invoke(new Invocation.Describe(ProtocolVersion.CURRENT)))
                .isEqualTo(
                        new Reply.Description(ProtocolVersion.CURRENT, server.model.identity(), EndpointRole.TARGET));
        Reply.Description toTheVersionBefore =
                new Reply.Description(new ProtocolVersion(2), server.model.identity(), EndpointRole.TARGET);
        assertThat(InvokeCodec.decodeReply(post("{'type':'describe'}").body())).isEqualTo(toTheVersionBefore);
        assertThat(server.invoke(new Invocation.Tokenize(null, "ab")))
                .isEqualTo(new Reply.Tokenized(server.model.text().encode("ab")));
        List<ChatMessage> messages = List.of(new ChatMessage("user", "x"));
        assertThat(server.invoke(new Invocation.Tokenize(messages, null)))
                .isEqualTo(new Reply.Tokenized(server.model.text().render(messages)));
    }

    @Test
    void generatesWhatVerificationsWouldCommit() throws IOException, InterruptedException {
        server.becomeReady();
        List<Reply.Generated> lines = generate(new Invocation.Generate(PROMPT, OPTIONS, 40));
        Tokens generated = Tokens.none();
        List<String> pieces = new ArrayList<>();
        for (Reply.Generated line : lines) {
            generated = generated.plus(line.tokens());
            pieces.addAll(line.pieces());
        }
        assertThat(generated).isEqualTo(server.model.decode(PROMPT, OPTIONS, 40));
        assertThat(lines.getLast().ended()).isEqualTo(generated.last() == HashModel.END);
        assertThat(pieces).isEqualTo(piecesByVerification(generated));
        assertThat(lines.getFirst().model()).isEqualTo(server.model.identity());
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.model() == null);
        server.awaitFreed();
    }

    /** What a prompt's tokens were found to be worth when they were made, bit for bit, and in passes of another cut. */
    @Test
    void scoresAPromptAsItsTokensWereWhenTheyWereGenerated() throws IOException, InterruptedException {
        server.becomeReady();
        Tokens text = PROMPT;
        List<TokenLogprobs> told = new ArrayList<>();
        for (Reply.Generated line : generate(new Invocation.Generate(PROMPT, OPTIONS, 90, null, null, 3))) {
            text = text.plus(line.tokens());
            told.addAll(Objects.requireNonNull(line.logprobs()).each());
        }
        Reply.Scored scored = (Reply.Scored) server.invoke(new Invocation.Score(text, null, 3));
        List<TokenLogprobs> all = Objects.requireNonNull(scored.logprobs()).each();
        assertThat(all).hasSize(text.size() - 1);
        assertThat(all.subList(PROMPT.size() - 1, all.size())).isEqualTo(told);
        assertThat(scored.texts()).hasSize(text.size());
        assertThat(scored.texts().getLast()).isEqualTo(told.getLast().texts().getFirst());
        assertThat(server.invoke(new Invocation.Score(text, null, 3)))
                .as("again")
                .isEqualTo(scored);

        Reply.Scored words = (Reply.Scored) server.invoke(new Invocation.Score(text, null, null));
        assertThat(words).isEqualTo(new Reply.Scored(scored.texts(), null));
        Reply.Scored one = (Reply.Scored) server.invoke(new Invocation.Score(Tokens.of(1), null, 0));
        assertThat(Objects.requireNonNull(one.logprobs()).isNone()).isTrue();
        server.awaitFreed();
    }

    private List<Reply.Generated> generate(Invocation.Generate request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = server.post(InvokeCodec.encode(request));
        assertThat(response.statusCode()).isEqualTo(200);
        return new String(response.body(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> (Reply.Generated) InvokeCodec.decodeReply(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private List<String> piecesByVerification(Tokens generated) throws InterruptedException {
        List<String> pieces = new ArrayList<>();
        try (TestLink<TargetFrame> link = server.link(new LinkProtocol.Target())) {
            link.send(
                    new TargetFrame.Open(ProtocolVersion.CURRENT, new SessionId("s"), OPTIONS, PROMPT, PROMPT.size()));
            link.receive(TargetFrame.Ready.class);
            for (int i = 0; i < generated.size(); i++) {
                Tokens prefix = PROMPT.plus(generated.slice(0, i));
                link.send(
                        new TargetFrame.Verify(new RoundId(i + 1), prefix.size(), Branch.of(prefix), TokenTree.none()));
                TargetFrame.Verified verified = link.receive(TargetFrame.Verified.class);
                assertThat(verified.tokens()).isEqualTo(generated.slice(i, i + 1));
                pieces.addAll(verified.pieces());
            }
        }
        return pieces;
    }

    @Test
    void mistakesAreNamed() throws IOException, InterruptedException {
        server.becomeReady();
        assertFailed(server.post("{".getBytes(StandardCharsets.UTF_8)), 400, "malformed");
        assertFailed(server.post(InvokeCodec.encode(new Invocation.Generate(PROMPT, OPTIONS, 297))), 400, "296");
        assertFailed(
                server.post(InvokeCodec.encode(new Invocation.Generate(Tokens.of(99), OPTIONS, 2))), 400, "below 40");
        assertFailed(server.post(InvokeCodec.encode(new Invocation.Score(Tokens.of(99), null, 0))), 400, "below 40");
        assertFailed(post("{'type':'score','prompt':[]}"), 400, "at least 1");
        assertFailed(post("{'type':'generate','prompt':[1],'maxTokens':3}"), 400, "sampling");
        assertFailed(post("{'type':'generate','maxTokens':3}"), 400, "");
        assertFailed(post("{'type':'tokenize','messages':[{'role':'user'}]}"), 400, "content");
        assertFailed(server.get("/invocations"), 405, "POST");
        assertFailed(server.get("/other"), 404, "/invocations");
        assertFailed(server.post(new byte[BodyLimit.BODY_BYTES_MAX + 1]), 413, "8388608");
    }

    private HttpResponse<byte[]> post(String json) throws IOException, InterruptedException {
        return server.post(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static void assertFailed(HttpResponse<byte[]> response, int status, String part) {
        assertThat(response.statusCode()).isEqualTo(status);
        Reply.Failed failed = (Reply.Failed) InvokeCodec.decodeReply(response.body());
        assertThat(failed.message()).contains(part);
    }
}
