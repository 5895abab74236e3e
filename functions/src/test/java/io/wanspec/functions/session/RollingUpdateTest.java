package io.wanspec.functions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.Place;
import io.wanspec.controller.Worker;
import io.wanspec.emulator.toy.ToyDraft;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.emulator.toy.ToyTarget;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.settings.ServingLimits;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While an endpoint is upgraded, old and new instances serve side by side: who is reached may be older than who was asked. */
@Timeout(180)
final class RollingUpdateTest {
    private static final ProtocolVersion ONE = new ProtocolVersion(1);
    private static final ProtocolVersion TWO = new ProtocolVersion(2);
    private static final ProtocolVersion THREE = new ProtocolVersion(3);
    private static final WorkerId WORKER = new WorkerId("w");

    @Test
    void aTargetThatTakesLessThanWasAgreedOnIsSpokenToInTheOldestVersion() throws Exception {
        ToyLinks links = links(TWO, THREE);

        assertThat(finished(links).text())
                .isEqualTo(finished(links(THREE, THREE)).text());
        assertThat(links.ofTarget).containsExactly(THREE, TWO);
        assertThat(links.ofWorkers).containsExactly(THREE);
    }

    @Test
    void soIsAWorkerAndItDrafts() throws Exception {
        ToyLinks links = links(THREE, TWO);

        assertThat(finished(links).remoteDraftPasses()).isPositive();
        assertThat(links.ofWorkers).containsExactly(THREE, TWO);
        assertThat(links.ofTarget).containsExactly(THREE);
    }

    @Test
    void onlyOnceAPeerForWhoTakesNeitherIsNotAskedAgain() throws Exception {
        ToyLinks links = links(ONE, ONE);

        assertThat(run(links))
                .isInstanceOfSatisfying(
                        SessionOutcome.Failed.class,
                        failed -> assertThat(failed.message()).contains("PROTOCOL_MISMATCH"));
        assertThat(links.ofTarget).containsExactly(THREE, TWO);
        assertThat(links.ofWorkers).hasSizeLessThanOrEqualTo(2);
    }

    private static ToyLinks links(ProtocolVersion ofTarget, ProtocolVersion ofDraft) {
        return new ToyLinks(
                new ToyTarget(ToyLanguage.identity("toy-target", 'a'), 30, ofTarget),
                new ToyDraft(ToyLanguage.identity("toy-draft", 'a'), 1, ofDraft));
    }

    private static Ledger finished(ToyLinks links) throws Exception {
        SessionOutcome end = run(links);
        assertThat(end).isInstanceOf(SessionOutcome.Finished.class);
        return end.ledger();
    }

    private static SessionOutcome run(ToyLinks links) throws Exception {
        var end = new CompletableFuture<SessionOutcome>();
        try (var sessions = new Sessions(ServingLimits.defaults(), links, new FakeEndpoints(), links, List::of);
                var admission = sessions.admit()) {
            admission.start(request(), new EndOnly(end));
            return end.get(60, TimeUnit.SECONDS);
        }
    }

    private static SessionRequest request() {
        var generation = new GenerationRequest(
                new SessionId("s"), Tokens.of(1, 2, 3), new SamplingOptions(0.8, 0, 1, 77), 60, List.of());
        return new SessionRequest(
                generation,
                Speculation.defaults(),
                ToyLanguage.identity("toy-target", 'a'),
                List.of(new Worker(WORKER, Place.DRAFT_REGION)),
                new LinkTerms(THREE, Map.of(WORKER, THREE), CallerId.of("somebody")),
                Account.nobody(),
                System.nanoTime());
    }

    private record EndOnly(CompletableFuture<SessionOutcome> end) implements SessionSink {
        @Override
        public boolean text(List<String> pieces) {
            return true;
        }

        @Override
        public void ended(SessionOutcome outcome) {
            end.complete(outcome);
        }
    }
}
