package io.wanspec.endpoints.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.endpoints.twin.HashModel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Draft links that are made of calls. */
@Timeout(180)
class CalledDraftTest {
    private static final SamplingOptions OPTIONS = new SamplingOptions(0.7, 0, 1, 42);
    private static final Tokens PROMPT = Tokens.of(3, 1, 4, 1, 5);

    private TestServer server;
    private Calls<DraftFrame> link;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.ready(Role.DRAFT, HashModel.draft(500));
        link = new Calls<>(server, new LinkProtocol.Draft());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aWorkerIsFollowedUntilItMayDraftNoFurther() throws Exception {
        Tokens drafts = server.model.decode(PROMPT, OPTIONS, 8);
        assertThat(link.exchange(open(9))).hasOnlyElementsOfType(DraftFrame.Ready.class);

        assertThat(drafted(link.follow(List.of()).get(60, TimeUnit.SECONDS))).isEqualTo(drafts.slice(0, 4));
        DraftFrame advance = new DraftFrame.Advance(
                PROMPT.size(), Branch.of(PROMPT), drafts.slice(0, 2), DraftPlan.chain(PROMPT.size() + 8));
        assertThat(drafted(link.follow(List.of(advance)).get(60, TimeUnit.SECONDS)))
                .isEqualTo(drafts.from(4));
        assertThat(drafted(link.follow(List.of()).get(60, TimeUnit.SECONDS)))
                .as("nothing left")
                .isEqualTo(Tokens.none());

        link.exchange();
        server.awaitFreed();
    }

    @Test
    void aCallThatFollowsTakesThePlaceOfTheOneBefore() throws Exception {
        CountDownLatch gate = server.model.hold();
        link.exchange(open(9));
        var first = link.follow(List.of());
        var second = link.follow(List.of());

        assertThat(first.get(60, TimeUnit.SECONDS)).isEmpty();
        gate.countDown();
        assertThat(drafted(second.get(60, TimeUnit.SECONDS)).size()).isEqualTo(4);
        link.exchange();
        server.awaitFreed();
    }

    @Test
    void aLinkThatNobodyKnowsHasToBeOpenedAgain() throws Exception {
        DraftFrame advance = new DraftFrame.Advance(
                PROMPT.size(), Branch.of(PROMPT), Tokens.of(1), DraftPlan.chain(PROMPT.size() + 2));
        for (var answer : List.of(link.follow(List.of()), link.follow(List.of(advance)))) {
            assertThat(answer.get(60, TimeUnit.SECONDS))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            DraftFrame.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(RefusalCode.PREFIX_UNKNOWN));
        }
    }

    private static DraftFrame open(int upTo) {
        return new DraftFrame.Open(
                ProtocolVersion.CURRENT,
                new SessionId("s"),
                HashModel.target(500).identity(),
                OPTIONS,
                PROMPT,
                DraftPlan.chain(upTo));
    }

    private static Tokens drafted(List<DraftFrame> frames) {
        Tokens all = Tokens.none();
        for (DraftFrame frame : frames) {
            all = all.plus(((DraftFrame.Drafted) frame).candidates());
        }
        return all;
    }
}
