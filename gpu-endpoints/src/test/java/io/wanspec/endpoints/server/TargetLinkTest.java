package io.wanspec.endpoints.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.RoundId;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.endpoints.twin.HashModel;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The target role over real sockets. */
@Timeout(180)
class TargetLinkTest {
    private static final SamplingOptions OPTIONS = new SamplingOptions(0.7, 0, 1, 42);
    private static final Tokens PROMPT = Tokens.of(3, 1, 4, 1, 5);
    private static final LinkProtocol<TargetFrame> TARGET = new LinkProtocol.Target();

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.ready(Role.TARGET, HashModel.endless(200));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void verifiesRunsAndCommitsTheTargetsOwnText() throws InterruptedException {
        Tokens truth = server.model.decode(PROMPT, OPTIONS, 6);
        try (TestLink<TargetFrame> link = server.link(TARGET)) {
            link.send(open(PROMPT));
            TargetFrame.Ready ready = link.receive(TargetFrame.Ready.class);
            assertThat(ready.model()).isEqualTo(server.model.identity());
            assertThat(ready.cachedTokens()).isZero();

            Tokens drafts = truth.slice(0, 2).plus((truth.get(2) + 1) % 40);
            link.send(verify(1, PROMPT, drafts));
            TargetFrame.Verified first = link.receive(TargetFrame.Verified.class);
            assertThat(first.accepted()).isEqualTo(2);
            assertThat(first.tokens()).isEqualTo(truth.slice(0, 3));
            assertThat(first.ended()).isFalse();

            link.send(verify(2, PROMPT.plus(truth.slice(0, 3)), truth.slice(3, 5)));
            TargetFrame.Verified second = link.receive(TargetFrame.Verified.class);
            assertThat(second.accepted()).isEqualTo(2);
            assertThat(second.tokens()).isEqualTo(truth.slice(3, 6));
        }
        server.awaitFreed();
    }

    @Test
    void aTreeCommitsTheBranchThatIsRight() throws InterruptedException {
        Tokens truth = server.model.decode(PROMPT, OPTIONS, 4);
        int wrong = (truth.get(0) + 1) % 40;
        try (TestLink<TargetFrame> link = opened(PROMPT)) {
            TokenTree tree = new TokenTree(
                    Tokens.of(wrong, truth.get(0), truth.get(1), truth.get(1), truth.get(2)), Ints.of(-1, -1, 0, 1, 3));
            link.send(verify(1, PROMPT, tree));
            TargetFrame.Verified verified = link.receive(TargetFrame.Verified.class);
            assertThat(verified.accepted()).isEqualTo(3);
            assertThat(verified.tokens()).isEqualTo(truth);
            link.send(verify(1, PROMPT, tree));
            assertThat(link.receive()).isEqualTo(verified);

            Tokens later = PROMPT.plus(truth);
            link.send(verify(2, later, Tokens.none()));
            assertThat(link.receive(TargetFrame.Verified.class).tokens())
                    .isEqualTo(server.model.decode(later, OPTIONS, 1));
        }
    }

    @Test
    void aRepeatedVerifyGetsTheSameAnswer() throws InterruptedException {
        try (TestLink<TargetFrame> link = opened(PROMPT)) {
            link.send(verify(1, PROMPT, Tokens.none()));
            link.send(verify(1, PROMPT, Tokens.none()));
            TargetFrame first = link.receive();
            assertThat(link.receive()).isEqualTo(first);
        }
    }

    /** A plain text needs no question for each of its tokens; behind the drafts it goes on by itself, and then waits. */
    @Test
    void aRoundGoesOnAsFarAsItIsAsked() throws InterruptedException {
        Tokens truth = server.model.decode(PROMPT, OPTIONS, 6);
        Tokens drafted = PROMPT.plus(truth.slice(0, 2));
        try (TestLink<TargetFrame> link = opened(PROMPT)) {
            link.send(new TargetFrame.Verify(
                    new RoundId(1), PROMPT.size(), Branch.of(PROMPT), TokenTree.chain(truth.slice(0, 1)), 3));
            Tokens text = PROMPT;
            for (int more = 3; more >= 0; more--) {
                TargetFrame.Verified each = link.receive(TargetFrame.Verified.class);
                assertThat(each.round()).isEqualTo(new RoundId(1));
                assertThat(each.position()).isEqualTo(text.size());
                assertThat(each.branch()).isEqualTo(Branch.of(text));
                assertThat(each.goesOn()).isEqualTo(more > 0);
                text = text.plus(each.tokens());
            }
            assertThat(text).isEqualTo(drafted.plus(truth.slice(2, 5)));
            link.send(verify(2, text, Tokens.none()));
            assertThat(link.receive(TargetFrame.Verified.class).tokens()).isEqualTo(truth.from(5));
        }
        server.awaitFreed();
    }

    /** The text's end ends it, whatever was asked for. */
    @Test
    void noRoundGoesOnBehindTheEnd() throws InterruptedException, IOException {
        try (TestServer ending = TestServer.ready(Role.TARGET, HashModel.target(2_000));
                TestLink<TargetFrame> link = ending.link(TARGET)) {
            Tokens truth = ending.model.decode(PROMPT, OPTIONS, 2_000);
            link.send(open(PROMPT));
            link.receive(TargetFrame.Ready.class);
            Tokens text = PROMPT;
            boolean ended = false;
            for (long round = 1; !ended; round++) {
                link.send(new TargetFrame.Verify(
                        new RoundId(round), text.size(), Branch.of(text), TokenTree.none(), Limits.ONWARD_TOKENS_MAX));
                boolean goesOn = true;
                while (goesOn) {
                    TargetFrame.Verified each = link.receive(TargetFrame.Verified.class);
                    text = text.plus(each.tokens());
                    ended = each.ended();
                    goesOn = each.goesOn();
                    assertThat(goesOn && ended).isFalse();
                }
            }
            assertThat(text).isEqualTo(PROMPT.plus(truth));
        }
    }

    /** A client that leaves in the middle frees its place, as any other. */
    @Test
    void whoLeavesWhileARoundGoesOnIsFreed() throws InterruptedException {
        try (TestLink<TargetFrame> link = opened(PROMPT)) {
            link.send(new TargetFrame.Verify(
                    new RoundId(1), PROMPT.size(), Branch.of(PROMPT), TokenTree.none(), Limits.ONWARD_TOKENS_MAX));
            link.receive(TargetFrame.Verified.class);
        }
        server.awaitFreed();
    }

    @Test
    void anotherPrefixIsUnknownAndMayBeSentAnew() throws InterruptedException {
        Tokens truth = server.model.decode(PROMPT, OPTIONS, 4);
        Tokens later = PROMPT.plus(truth.slice(0, 3));
        try (TestLink<TargetFrame> link = opened(PROMPT)) {
            link.send(verify(1, later, Tokens.none()));
            assertThat(link.receive())
                    .isEqualTo(new TargetFrame.PrefixUnknown(new RoundId(1), later.size(), Branch.of(later)));
            link.send(open(later));
            link.receive(TargetFrame.Ready.class);
            link.send(verify(2, later, Tokens.none()));
            assertThat(link.receive(TargetFrame.Verified.class).tokens()).isEqualTo(truth.from(3));
        }
    }

    @Test
    void aPrefixSentAnewIsFoundInTheCache() throws InterruptedException {
        server.becomeReady(1_000_000);
        Tokens truth = server.model.decode(PROMPT, OPTIONS, 4);
        Tokens later = PROMPT.plus(truth.slice(0, 3));
        try (TestLink<TargetFrame> link = opened(PROMPT)) {
            link.send(verify(1, PROMPT, truth.slice(0, 2)));
            link.receive(TargetFrame.Verified.class);
            link.send(open(later));
            assertThat(link.receive(TargetFrame.Ready.class).cachedTokens()).isEqualTo(later.size() - 1);
            link.send(verify(1, later, Tokens.none()));
            assertThat(link.receive(TargetFrame.Verified.class).tokens()).isEqualTo(truth.from(3));
        }
    }

    @Test
    void aVerifyBeforeAnyOpenIsUnknown() throws InterruptedException {
        try (TestLink<TargetFrame> link = server.link(TARGET)) {
            link.send(verify(1, PROMPT, Tokens.none()));
            link.receive(TargetFrame.PrefixUnknown.class);
        }
    }

    @Test
    void fragmentedFramesAndPingsAreTaken() throws InterruptedException {
        Tokens prompt = Tokens.of(new Random(1).ints(180, 1, 40).toArray());
        try (TestLink<TargetFrame> link = server.link(TARGET)) {
            link.sendFragmented(open(prompt));
            link.receive(TargetFrame.Ready.class);
            link.ping();
            link.sendFragmented(verify(1, prompt, Tokens.none()));
            assertThat(link.receive(TargetFrame.Verified.class).tokens())
                    .isEqualTo(server.model.decode(prompt, OPTIONS, 1));
        }
    }

    @Test
    void neverBeyondTheContext() throws InterruptedException {
        Tokens prompt = Tokens.of(new Random(1).ints(197, 1, 40).toArray());
        Tokens truth = server.model.decode(prompt, OPTIONS, 3);
        try (TestLink<TargetFrame> link = opened(prompt)) {
            link.send(verify(1, prompt, truth.plus(truth)));
            assertThat(link.receive(TargetFrame.Verified.class).tokens()).isEqualTo(truth);
            link.send(verify(2, prompt.plus(truth), Tokens.none()));
            assertRefused(link, RefusalCode.CONTEXT_EXCEEDED, "200");
        }
    }

    @Test
    void aPromptBeyondTheContextIsRefused() throws InterruptedException {
        try (TestLink<TargetFrame> link = server.link(TARGET)) {
            link.send(open(Tokens.of(new int[200])));
            assertRefused(link, RefusalCode.CONTEXT_EXCEEDED, "prefix of 200");
        }
    }

    @Test
    void anIdOutsideTheVocabularyIsRefused() throws InterruptedException {
        try (TestLink<TargetFrame> link = server.link(TARGET)) {
            link.send(open(PROMPT.plus(40)));
            assertRefused(link, RefusalCode.BAD_FRAME, "prefix[5]");
        }
    }

    /** As a function of protocol 2 writes it: it knows no caller, and wants its own version back. */
    @Test
    void aFunctionOfTheVersionBeforeIsServed() throws InterruptedException {
        try (TestLink<TargetFrame> link = server.link(TARGET)) {
            link.sendText("{\"type\":\"open\",\"protocol\":{\"number\":2},\"session\":\"s\",\"sampling\":"
                    + "{\"temperature\":0.7,\"topK\":0,\"topP\":1.0,\"seed\":42,\"greedy\":false},"
                    + "\"prefix\":[3,1,4,1,5],\"promptTokens\":1}");
            assertThat(link.receive(TargetFrame.Ready.class).protocol()).isEqualTo(new ProtocolVersion(2));
            link.send(verify(1, PROMPT, Tokens.none()));
            assertThat(link.receive(TargetFrame.Verified.class).tokens())
                    .isEqualTo(server.model.decode(PROMPT, OPTIONS, 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, too old", "9, too new"})
    void anotherProtocolIsRefusedWithBothVersions(int number, String why) throws InterruptedException {
        String sentence = "protocol version mismatch: this side speaks 2 to 3, the peer " + number + " (" + why
                + "); deploy a newer WANSpec release";
        try (TestLink<TargetFrame> link = server.link(TARGET)) {
            link.send(new TargetFrame.Open(new ProtocolVersion(number), new SessionId("s"), OPTIONS, PROMPT, 1));
            assertRefused(link, RefusalCode.PROTOCOL_MISMATCH, sentence);
        }
    }

    @Test
    void garbageIsRefusedWithTheField() throws InterruptedException {
        assertGarbage("not json", "malformed");
        assertGarbage("{\"type\":\"open\"}", "protocol");
        assertGarbage(
                "{\"type\":\"verify\",\"round\":1,\"position\":-4,\"branch\":\"0000000000000000\",\"drafts\":{\"tokens\":[],\"parents\":[]}}",
                "position");
        assertGarbage(
                "{\"type\":\"verify\",\"round\":1,\"position\":4,\"branch\":\"0000000000000000\","
                        + "\"drafts\":{\"tokens\":[7],\"parents\":[0]}}",
                "parents[0]");
        assertGarbage(
                "{\"type\":\"prefixUnknown\",\"round\":1,\"position\":4,\"branch\":\"0000000000000000\"}", "type");
    }

    private void assertGarbage(String text, String field) throws InterruptedException {
        try (TestLink<TargetFrame> link = server.link(TARGET)) {
            link.sendText(text);
            assertRefused(link, RefusalCode.BAD_FRAME, field);
        }
    }

    @Test
    void twoSessionsInterleave() throws InterruptedException {
        Tokens other = Tokens.of(9, 9);
        Tokens truth = server.model.decode(PROMPT, OPTIONS, 20);
        Tokens otherTruth = server.model.decode(other, OPTIONS, 20);
        try (TestLink<TargetFrame> a = opened(PROMPT);
                TestLink<TargetFrame> b = opened(other)) {
            for (int i = 0; i < 20; i++) {
                a.send(verify(i + 1, PROMPT.plus(truth.slice(0, i)), Tokens.none()));
                b.send(verify(i + 1, other.plus(otherTruth.slice(0, i)), Tokens.none()));
                assertThat(a.receive(TargetFrame.Verified.class).tokens()).isEqualTo(truth.slice(i, i + 1));
                assertThat(b.receive(TargetFrame.Verified.class).tokens()).isEqualTo(otherTruth.slice(i, i + 1));
            }
        }
    }

    private TestLink<TargetFrame> opened(Tokens prefix) throws InterruptedException {
        TestLink<TargetFrame> link = server.link(TARGET);
        link.send(open(prefix));
        link.receive(TargetFrame.Ready.class);
        return link;
    }

    private static void assertRefused(TestLink<TargetFrame> link, RefusalCode code, String part)
            throws InterruptedException {
        TargetFrame.Refused refused = link.receive(TargetFrame.Refused.class);
        assertThat(refused.code()).as(refused.reason()).isEqualTo(code);
        assertThat(refused.reason()).contains(part);
        link.awaitClose();
    }

    private static TargetFrame.Open open(Tokens prefix) {
        return new TargetFrame.Open(ProtocolVersion.CURRENT, new SessionId("s"), OPTIONS, prefix, 1);
    }

    private static TargetFrame.Verify verify(long round, Tokens prefix, Tokens drafts) {
        return verify(round, prefix, TokenTree.chain(drafts));
    }

    private static TargetFrame.Verify verify(long round, Tokens prefix, TokenTree drafts) {
        return new TargetFrame.Verify(new RoundId(round), prefix.size(), Branch.of(prefix), drafts);
    }
}
