package io.wanspec.it.site;

import static io.wanspec.it.site.SiteStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.emulator.toy.ToyContainer;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.local.worker.SiteWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker on site joins, drafts, is lost and comes back: the text is the same throughout. */
@Timeout(300)
final class SiteWorkerTest {
    private static final int TOKENS = 60;

    @Test
    void aWorkerThatJoinsDraftsForTheNextRequestAndNoTextDependsOnIt() throws Exception {
        try (SiteStage stage = new SiteStage(true, false);
                ToyContainer draft = SiteStage.draft()) {
            List<Integer> expected = SiteStage.ids(stage.ask("target-only", TOKENS, 7));
            JsonNode alone = stage.ask("", TOKENS, 7);
            assertThat(SiteStage.ids(alone)).isEqualTo(expected);
            assertThat(alone.path("remoteDraftPasses").asInt()).isZero();

            KeySecret token = stage.token(4, 2);
            try (SiteWorker worker = stage.worker(token, draft.uri(), 2)) {
                eventually(() -> worker.isReady() && stage.isAgreed());
                JsonNode drafted = stage.ask("", TOKENS, 7);
                assertThat(SiteStage.ids(drafted)).isEqualTo(expected);
                assertThat(drafted.path("remoteDraftPasses").asInt()).isPositive();
                assertThat(drafted.path("targetPasses").asInt()).isLessThan(TOKENS);
                assertThat(worker.report().sessions()).isPositive();
                assertThat(worker.report().drafts()).isPositive();
                assertThat(worker.report().judged()).isPositive();
                assertThat(worker.site()).contains(SiteStage.SITE);
            }
            eventually(() -> stage.relay().workers() == 0);
            assertThat(SiteStage.ids(stage.ask("", TOKENS, 7))).isEqualTo(expected);
        }
    }

    /** So that a session goes elsewhere, where there is somebody, while a site has no slot for it. */
    @Test
    void theSlotsOfASiteAreThoseOfItsWorkersTogether() throws Exception {
        try (SiteStage stage = new SiteStage(true, false);
                ToyContainer draft = SiteStage.draft();
                SiteWorker one = stage.worker(stage.token(4, 2), draft.uri(), 2);
                SiteWorker two = stage.worker(stage.token(4, 2), draft.uri(), 1)) {
            eventually(() -> one.isReady() && two.isReady() && stage.isAgreed());
            eventually(() -> {
                JsonNode place = stage.place();
                return stage.isAgreed()
                        && place.path("slots").asInt() == 3
                        && place.path("in_use").asInt() == 0;
            });
            assertThat(stage.place().path("part").asText()).isEqualTo("drafts");
        }
    }

    @Test
    void itComesBackByItselfWhenTheRelayWasLost() throws Exception {
        try (SiteStage stage = new SiteStage(true, false);
                ToyContainer draft = SiteStage.draft();
                SiteWorker worker = stage.worker(stage.token(4, 2), draft.uri(), 2)) {
            eventually(() -> worker.isReady() && stage.isAgreed());
            List<Integer> expected = SiteStage.ids(stage.ask("target-only", TOKENS, 9));
            stage.restartRelay();
            assertThat(SiteStage.ids(stage.ask("", TOKENS, 9))).isEqualTo(expected);
            eventually(() -> stage.relay().workers() == 1 && worker.isReady() && stage.isAgreed());
            JsonNode again = stage.ask("", TOKENS, 9);
            assertThat(SiteStage.ids(again)).isEqualTo(expected);
            assertThat(again.path("remoteDraftPasses").asInt()).isPositive();
        }
    }

    /** Each half second here, each twenty minutes elsewhere. */
    @Test
    void itsStreamsAreReplacedByOthersAndItGoesOn() throws Exception {
        try (SiteStage stage = new SiteStage(true, false);
                ToyContainer draft = SiteStage.draft();
                SiteWorker worker = SiteWorker.start(
                        stage.settings(stage.token(4, 2), draft.uri(), 2).withStreamAge(Duration.ofMillis(500)))) {
            eventually(() -> worker.isReady() && stage.isAgreed());
            List<Integer> expected = SiteStage.ids(stage.ask("target-only", TOKENS, 9));
            for (int round = 0; round < 4; round++) {
                Thread.sleep(700);
                eventually(worker::isReady);
                assertThat(SiteStage.ids(stage.ask("", TOKENS, 9))).isEqualTo(expected);
                assertThat(stage.relay().workers()).isEqualTo(1);
                assertThat(worker.report().state()).isEqualTo("joined");
            }
        }
    }

    @Test
    void promptsOfKeysThatForbidItNeverReachIt() throws Exception {
        try (SiteStage stage = new SiteStage(false, true);
                ToyContainer draft = SiteStage.draft();
                SiteWorker worker = stage.worker(stage.token(4, 2), draft.uri(), 2)) {
            eventually(() -> worker.isReady() && stage.isAgreed());
            for (PromptRegions silent :
                    List.of(PromptRegions.any(), PromptRegions.only(List.of("us-east-1", "us-west-2")))) {
                JsonNode ledger = stage.ask("", TOKENS, 3, Optional.of(stage.key(silent)));
                assertThat(ledger.path("remoteDraftPasses").asInt()).isZero();
            }
            assertThat(worker.report().sessions()).isZero();
            KeySecret allowing = stage.key(PromptRegions.only(List.of("us-east-1", SiteStage.SITE)));
            assertThat(stage.ask("", TOKENS, 3, Optional.of(allowing))
                            .path("remoteDraftPasses")
                            .asInt())
                    .isPositive();
            assertThat(worker.report().sessions()).isPositive();
        }
    }

    @Test
    void aWorkerWhoseTokenIsRefusedEndsAndSaysWhy() throws Exception {
        try (SiteStage stage = new SiteStage(true, false);
                ToyContainer draft = SiteStage.draft()) {
            KeySecret token = stage.token(4, 2);
            stage.tokens().revoke(token.id(), Instant.now());
            try (SiteWorker worker = stage.worker(token, draft.uri(), 2)) {
                worker.await();
                assertThat(worker.fatal())
                        .hasValueSatisfying(why -> assertThat(why).contains("401"));
            }
        }
    }

    @Test
    void aTokensOtherWorkersShareItsSlots() throws Exception {
        try (SiteStage stage = new SiteStage(true, false);
                ToyContainer draft = SiteStage.draft()) {
            KeySecret token = stage.token(3, 2);
            try (SiteWorker one = stage.worker(token, draft.uri(), 2)) {
                eventually(one::isReady);
                try (SiteWorker two = stage.worker(token, draft.uri(), 2)) {
                    eventually(two::isReady);
                    assertThat(one.report().slots() + two.report().slots()).isEqualTo(3);
                    try (SiteWorker three = stage.worker(token, draft.uri(), 2)) {
                        eventually(() -> three.report().state().contains("409"));
                        two.close();
                        one.close();
                        eventually(three::isReady);
                    }
                }
            }
        }
    }
}
