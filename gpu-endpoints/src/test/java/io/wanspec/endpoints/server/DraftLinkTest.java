package io.wanspec.endpoints.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.endpoints.twin.HashModel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The draft role over real sockets. */
@Timeout(180)
class DraftLinkTest {
    private static final SamplingOptions OPTIONS = new SamplingOptions(0.7, 0, 1, 42);
    private static final Tokens PROMPT = Tokens.of(3, 1, 4, 1, 5);
    private static final LinkProtocol<DraftFrame> DRAFT = new LinkProtocol.Draft();
    private static final ModelIdentity TARGET = HashModel.target(500).identity();

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.ready(Role.DRAFT, HashModel.draft(500));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void draftsAheadUpToItsCredit() throws InterruptedException {
        Tokens drafts = server.model.decode(PROMPT, OPTIONS, 6);
        try (TestLink<DraftFrame> link = opened(PROMPT, 9)) {
            assertThat(drafted(link, PROMPT, 4)).isEqualTo(drafts.slice(0, 4));
            assertThat(link.receiveSoon()).isNull();

            link.send(advance(PROMPT, drafts.slice(0, 3), 11));
            assertThat(drafted(link, PROMPT.plus(drafts.slice(0, 4)), 2)).isEqualTo(drafts.from(4));
        }
        server.awaitFreed();
    }

    @Test
    void draftsAnewBehindACorrection() throws InterruptedException {
        int first = server.model.choose(PROMPT, OPTIONS);
        Tokens corrected = PROMPT.plus((first + 1) % 40);
        try (TestLink<DraftFrame> link = opened(PROMPT, 7)) {
            drafted(link, PROMPT, 2);
            link.send(advance(PROMPT, corrected.from(PROMPT.size()), 8));
            assertThat(drafted(link, corrected, 2)).isEqualTo(server.model.decode(corrected, OPTIONS, 2));
        }
    }

    @Test
    void withoutCreditItRunsNoPassAtAll() throws InterruptedException {
        try (TestLink<DraftFrame> link = opened(PROMPT, PROMPT.size())) {
            assertThat(link.receiveSoon()).isNull();
            link.send(advance(PROMPT, Tokens.of(7), 6));
            assertThat(link.receiveSoon()).isNull();
            assertThat(server.model.passes()).isZero();
        }
    }

    @Test
    void passesAreCountedAndTimed() throws InterruptedException {
        try (TestLink<DraftFrame> link = opened(PROMPT, 8)) {
            for (int i = 0; i < 3; i++) {
                DraftFrame.Drafted frame = link.receive(DraftFrame.Drafted.class);
                assertThat(frame.passes()).isEqualTo(frame.size());
                assertThat(frame.entropiesMilliNats().toArray()).containsOnly(500);
            }
        }
    }

    @Test
    void aTreeNamesTheModelsCandidatesBehindEveryNode() throws InterruptedException {
        DraftPlan plan = new DraftPlan(PROMPT.size() + 4, 4, 3, 1_000_000, 0, 1);
        try (TestLink<DraftFrame> link = server.link(DRAFT)) {
            link.send(new DraftFrame.Open(ProtocolVersion.CURRENT, new SessionId("s"), TARGET, OPTIONS, PROMPT, plan));
            link.receive(DraftFrame.Ready.class);
            Map<Branch, Tokens> known = new HashMap<>(Map.of(Branch.of(PROMPT), PROMPT));
            // With three candidates everywhere and no floor, all prefixes of 0 to 3 drafts are looked behind.
            int expected = 1 + 3 + 9 + 27;
            int seen = 0;
            while (seen < expected) {
                DraftFrame.Drafted frame = link.receive(DraftFrame.Drafted.class);
                learn(frame, known);
                seen += frame.size();
            }
            assertThat(seen).isEqualTo(expected);
            assertThat(link.receiveSoon()).isNull();
        }
    }

    /** Every prefix is known already, and its first candidate is the model's own choice. */
    private void learn(DraftFrame.Drafted frame, Map<Branch, Tokens> known) {
        int at = 0;
        for (int i = 0; i < frame.size(); i++) {
            Tokens prefix = Objects.requireNonNull(known.get(frame.branches().get(i)));
            assertThat(frame.positions().get(i)).isEqualTo(prefix.size());
            assertThat(frame.candidates().get(at)).isEqualTo(server.model.choose(prefix, OPTIONS));
            for (int rank = 0; rank < frame.counts().get(i); rank++) {
                Tokens longer = prefix.plus(frame.candidates().get(at++));
                known.put(Branch.of(longer), longer);
            }
        }
    }

    @Test
    void anExpansionIsOnePassWithoutAnyCredit() throws InterruptedException {
        try (TestLink<DraftFrame> link = opened(PROMPT, PROMPT.size())) {
            TokenTree drafts = new TokenTree(Tokens.of(7, 8, 9), Ints.of(-1, 0, -1));
            link.send(new DraftFrame.Expand(PROMPT.size(), Branch.of(PROMPT), drafts, Ints.of(1, -1)));
            DraftFrame.Drafted frame = link.receive(DraftFrame.Drafted.class);
            Tokens seven = PROMPT.plus(7);
            assertThat(frame.branches())
                    .containsExactlyInAnyOrder(Branch.of(PROMPT), Branch.of(seven), Branch.of(seven.plus(8)));
            assertThat(frame.passes()).isEqualTo(1);
            assertThat(link.receiveSoon()).isNull();
        }
    }

    @Test
    void anExpansionWithAnIdThatDoesNotExistIsRefused() throws InterruptedException {
        try (TestLink<DraftFrame> link = opened(PROMPT, PROMPT.size())) {
            TokenTree drafts = TokenTree.chain(Tokens.of(7, 40));
            link.send(new DraftFrame.Expand(PROMPT.size(), Branch.of(PROMPT), drafts, Ints.of(0)));
            assertThat(refused(link, RefusalCode.BAD_FRAME).reason()).contains("guesses[1]");
        }
    }

    @Test
    void anotherTokenizerIsRefusedWithBothNames() throws InterruptedException {
        ModelIdentity stranger = HashModel.identity("stranger", "12".repeat(32), 100);
        try (TestLink<DraftFrame> link = server.link(DRAFT)) {
            link.send(open(ProtocolVersion.CURRENT, stranger, PROMPT, 9));
            DraftFrame.Refused refused = refused(link, RefusalCode.MODEL_MISMATCH);
            assertThat(refused.reason()).contains("twin-draft", "stranger");
        }
    }

    /** As a function of protocol 2 writes it: it knows no caller, and wants its own version back. */
    @Test
    void aFunctionOfTheVersionBeforeIsServed() throws InterruptedException {
        Tokens drafts = server.model.decode(PROMPT, OPTIONS, 4);
        try (TestLink<DraftFrame> link = server.link(DRAFT)) {
            link.sendText(openOfVersionTwo());
            assertThat(link.receive(DraftFrame.Ready.class))
                    .isEqualTo(new DraftFrame.Ready(new ProtocolVersion(2), server.model.identity()));
            assertThat(drafted(link, PROMPT, 4)).isEqualTo(drafts);
        }
    }

    @Test
    void aFunctionMayNameTheCaller() throws InterruptedException {
        try (TestLink<DraftFrame> link = server.link(DRAFT)) {
            link.send(open(ProtocolVersion.CURRENT, TARGET, PROMPT, 9)
                    .on(ProtocolVersion.CURRENT, CallerId.of("somebody")));
            assertThat(link.receive(DraftFrame.Ready.class).protocol()).isEqualTo(ProtocolVersion.CURRENT);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, too old", "4, too new"})
    void anotherProtocolIsRefusedWithBothVersions(int number, String why) throws InterruptedException {
        try (TestLink<DraftFrame> link = server.link(DRAFT)) {
            link.send(open(new ProtocolVersion(number), TARGET, PROMPT, 9));
            assertThat(refused(link, RefusalCode.PROTOCOL_MISMATCH).reason())
                    .contains("speaks 2 to 3", "the peer " + number, why, "deploy a newer WANSpec release");
        }
    }

    @Test
    void anUnknownPrefixIsRefused() throws InterruptedException {
        try (TestLink<DraftFrame> link = opened(PROMPT, PROMPT.size())) {
            link.send(advance(Tokens.of(9, 9, 9), Tokens.of(7), 6));
            refused(link, RefusalCode.PREFIX_UNKNOWN);
        }
        server.awaitFreed();
    }

    @Test
    void anAdvanceBeforeTheOpenIsRefused() throws InterruptedException {
        try (TestLink<DraftFrame> link = server.link(DRAFT)) {
            link.send(advance(PROMPT, Tokens.none(), 6));
            assertThat(refused(link, RefusalCode.BAD_FRAME).reason()).contains("open");
        }
    }

    @Test
    void aWindowBeyondTheLimitIsRefused() throws InterruptedException {
        try (TestLink<DraftFrame> link = opened(PROMPT, PROMPT.size())) {
            link.sendText("{\"type\":\"advance\",\"position\":5,\"branch\":\"0000000000000000\",\"committed\":[],"
                    + "\"plan\":{\"draftUpTo\":262,\"passNodes\":1,\"candidates\":1,\"floorMilliNats\":0,"
                    + "\"share\":0,\"shares\":1}}");
            assertThat(refused(link, RefusalCode.BAD_FRAME).reason()).contains("draftUpTo", "261");
        }
    }

    @Test
    void twoSessionsDraftInTurn() throws InterruptedException {
        Tokens other = Tokens.of(9, 9);
        try (TestLink<DraftFrame> a = opened(PROMPT, 205);
                TestLink<DraftFrame> b = opened(other, 202)) {
            assertThat(drafted(b, other, 200)).isEqualTo(server.model.decode(other, OPTIONS, 200));
            assertThat(drafted(a, PROMPT, 200)).isEqualTo(server.model.decode(PROMPT, OPTIONS, 200));
        }
    }

    @Test
    void aClientThatLeavesWhileItDraftsFreesItsSession() throws InterruptedException {
        opened(PROMPT, 260).close();
        server.awaitFreed();
    }

    private TestLink<DraftFrame> opened(Tokens prefix, int upTo) throws InterruptedException {
        TestLink<DraftFrame> link = server.link(DRAFT);
        link.send(open(ProtocolVersion.CURRENT, TARGET, prefix, upTo));
        DraftFrame.Ready ready = link.receive(DraftFrame.Ready.class);
        assertThat(ready.model()).isEqualTo(server.model.identity());
        return link;
    }

    /** The next {@code count} drafts, which continue {@code prefix}. */
    private static Tokens drafted(TestLink<DraftFrame> link, Tokens prefix, int count) throws InterruptedException {
        Tokens all = prefix;
        while (all.size() < prefix.size() + count) {
            DraftFrame.Drafted frame = link.receive(DraftFrame.Drafted.class);
            for (int i = 0; i < frame.size(); i++) {
                assertThat(frame.positions().get(i)).isEqualTo(all.size());
                assertThat(frame.branches().get(i)).isEqualTo(Branch.of(all));
                assertThat(frame.counts().get(i)).isEqualTo(1);
                all = all.plus(frame.candidates().get(i));
            }
        }
        return all.from(prefix.size());
    }

    private static DraftFrame.Refused refused(TestLink<DraftFrame> link, RefusalCode code) throws InterruptedException {
        DraftFrame.Refused refused = link.receive(DraftFrame.Refused.class);
        assertThat(refused.code()).as(refused.reason()).isEqualTo(code);
        link.awaitClose();
        return refused;
    }

    private static String openOfVersionTwo() {
        return "{\"type\":\"open\",\"protocol\":{\"number\":2},\"session\":\"s\",\"target\":{\"name\":\"t\","
                + "\"tokenizer\":\"" + TARGET.tokenizer() + "\",\"weights\":\"" + TARGET.weights() + "\","
                + "\"vocabulary\":40,\"contextTokens\":500},\"sampling\":{\"temperature\":0.7,\"topK\":0,\"topP\":1.0,"
                + "\"seed\":42,\"greedy\":false},\"prefix\":[3,1,4,1,5],\"plan\":{\"draftUpTo\":9,\"passNodes\":1,"
                + "\"candidates\":1,\"floorMilliNats\":1000000,\"share\":0,\"shares\":1}}";
    }

    private static DraftFrame.Open open(ProtocolVersion version, ModelIdentity target, Tokens prefix, int upTo) {
        return new DraftFrame.Open(version, new SessionId("s"), target, OPTIONS, prefix, DraftPlan.chain(upTo));
    }

    private static DraftFrame.Advance advance(Tokens prefix, Tokens committed, int upTo) {
        return new DraftFrame.Advance(prefix.size(), Branch.of(prefix), committed, DraftPlan.chain(upTo));
    }
}
