package io.wanspec.it.site;

import static io.wanspec.it.site.SiteStage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.emulator.toy.ToyContainer;
import io.wanspec.local.worker.SiteWorker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Workers that want harm, by seed, before the real relay and the real API. Texts stay what they are, requests end, and nothing is left. A
 * build tries each malice by itself, and a few together; more with {@code -Dwanspec.hostile=1000}.
 */
@Timeout(3_000)
final class HostileWorkersTest {
    private static final Malice[] ALL = Malice.values();
    private static final int SEEDS = Integer.getInteger("wanspec.hostile", ALL.length + 6);

    /** Speculation rests where it did not pay: one request of 16 tries again. */
    private static final int ASKED_MAX = 64;

    private static final int TOKENS = 24;
    private static final int PROMPTS = 8;
    private static SiteStage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new SiteStage(true, false);
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void nothingButTimeIsLost() throws Exception {
        Map<Long, List<Integer>> expected = new HashMap<>();
        Map<Long, Double> alone = new HashMap<>();
        for (long prompt = 0; prompt < PROMPTS; prompt++) {
            JsonNode ledger = stage.ask("target-only", TOKENS, prompt);
            expected.put(prompt, SiteStage.ids(ledger));
            alone.put(prompt, ledger.path("totalMs").asDouble());
        }
        int met = 0;
        double longest = 0;
        double more = 0;
        // It takes no session: the API sees by it that there is somebody.
        try (HostileWorker anchor = worker("anchor00", Malice.IDLE, 0, 0)) {
            eventually(() -> stage.isAgreed());
            for (int seed = 0; seed < SEEDS; seed++) {
                long prompt = seed % PROMPTS;
                JsonNode ledger = asked(seed, prompt, expected.getOrDefault(prompt, List.of()));
                met += ledger.path("met").asInt();
                double took = ledger.path("totalMs").asDouble();
                longest = Math.max(longest, took);
                more += took - alone.getOrDefault(prompt, 0.0);
            }
            assertThat(anchor.sessions.get()).isZero();
        }
        assertThat(met).as("sessions that met a hostile worker").isPositive();
        System.out.printf(
                Locale.ROOT,
                "hostile workers: %d seeds, %d sessions given to them, longest request %.0f ms, %.1f ms more than the target"
                        + " alone on average%n",
                SEEDS,
                met,
                longest,
                more / SEEDS);
        eventually(() -> stage.relay().workers() == 0 && stage.relay().connections() <= 1);
    }

    private static JsonNode asked(int seed, long prompt, List<Integer> expected) throws Exception {
        Random random = new Random(seed);
        // The anchor's alone.
        eventually(() -> stage.relay().streams() == 1);
        List<HostileWorker> workers = new ArrayList<>();
        try {
            // Each malice comes once, alone, then any of them, together.
            boolean isAlone = seed < ALL.length;
            Malice first = isAlone ? ALL[seed] : ALL[random.nextInt(ALL.length)];
            int seats = 1 + random.nextInt(2);
            workers.add(worker("a" + name(seed), first, seats, seed));
            int more = isAlone ? 0 : random.nextInt(3);
            for (int i = more; i > 0; i--) {
                workers.add(worker("b" + i + name(seed).substring(1), ALL[random.nextInt(ALL.length)], 1, seed + i));
            }
            int streams = 2 + seats + 2 * more;
            awaitStreams(seed, streams, first);
            JsonNode ledger = answered(seed, prompt, expected);
            for (int tries = 1; tries < ASKED_MAX && isAlone && first.isMet() && met(workers) == 0; tries++) {
                ledger = answered(seed, prompt, expected);
            }
            assertThat(isAlone && met(workers) > 0)
                    .as(first + " has met a session")
                    .isEqualTo(isAlone && first.isMet());
            ((ObjectNode) ledger).put("met", met(workers));
            return ledger;
        } finally {
            workers.forEach(HostileWorker::close);
        }
    }

    private static void awaitStreams(int seed, int streams, Malice first) throws Exception {
        try {
            eventually(() -> stage.relay().streams() == streams);
        } catch (AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + ", the first of whom is " + first + ": "
                            + stage.relay().streams() + " streams instead of " + streams,
                    e);
        }
    }

    private static int met(List<HostileWorker> workers) {
        return workers.stream().mapToInt(worker -> worker.sessions.get()).sum();
    }

    private static JsonNode answered(int seed, long prompt, List<Integer> expected) throws Exception {
        JsonNode ledger = stage.ask("", TOKENS, prompt);
        assertThat(SiteStage.ids(ledger)).as("seed " + seed).isEqualTo(expected);
        assertThat(ledger.path("targetPasses").asInt()).as("seed " + seed).isLessThanOrEqualTo(TOKENS);
        return ledger;
    }

    private static String name(int seed) {
        return String.format(Locale.ROOT, "%07d", seed);
    }

    private static HostileWorker worker(String instance, Malice malice, int seats, long seed) {
        return new HostileWorker(stage.client, stage.relay().port(), instance, malice, seats, seed);
    }

    /** They are idle, and whom the API hears of first. */
    @Test
    void aWorkerOfAnotherVocabularyKeepsNobodyElseOut() throws Exception {
        try (SiteStage fresh = new SiteStage(true, false);
                ToyContainer draft = SiteStage.draft();
                HostileWorker liar = new HostileWorker(
                        fresh.client, fresh.relay().port(), "liar0000", Malice.CLAIMS_VOCABULARY, 1, 7)) {
            eventually(() -> fresh.state().equals("refused"));
            List<Integer> expected = SiteStage.ids(fresh.ask("target-only", TOKENS, 3));
            try (SiteWorker honest = fresh.worker(fresh.token(4, 2), draft.uri(), 2)) {
                eventually(() -> honest.isReady() && fresh.isAgreed());
                assertDraftsFor(fresh, expected);
                assertThat(liar.sessions.get()).isZero();
            }
        }
    }

    @Test
    void aWorkerThatSpeaksAnOlderVersionTakesNoSessionOfTheOthers() throws Exception {
        List<Integer> expected = SiteStage.ids(stage.ask("target-only", TOKENS, 3));
        try (ToyContainer draft = SiteStage.draft();
                SiteWorker honest = stage.worker(stage.token(4, 2), draft.uri(), 2)) {
            eventually(() -> honest.isReady() && stage.isAgreed());
            try (HostileWorker liar = worker("liar0002", Malice.CLAIMS_PROTOCOL, 2, 7)) {
                // Two for control, and two seats of each.
                eventually(() -> stage.relay().streams() == 6);
                assertDraftsFor(stage, expected);
                assertThat(liar.sessions.get()).isZero();
            }
        }
        eventually(() -> stage.relay().workers() == 0);
    }

    /** One of a few requests at the latest: speculation rests where it did not pay before. */
    private static void assertDraftsFor(SiteStage at, List<Integer> expected) throws Exception {
        eventually(() -> {
            JsonNode ledger = at.ask("", TOKENS, 3);
            assertThat(SiteStage.ids(ledger)).isEqualTo(expected);
            return ledger.path("remoteDraftPasses").asInt() > 0;
        });
    }

    /** In a minute, were they slower; as quick as this machine can. */
    @Test
    void fiftyWorkersJoinAndLeaveWithoutALeak() throws Exception {
        try (ToyContainer draft = SiteStage.draft()) {
            var token = stage.token(64, 16);
            long before = System.nanoTime();
            for (int round = 0; round < 5; round++) {
                List<SiteWorker> workers = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    workers.add(stage.worker(token, draft.uri(), 2));
                }
                for (SiteWorker worker : workers) {
                    eventually(worker::isReady);
                }
                assertThat(stage.relay().workers()).isEqualTo(10);
                workers.forEach(SiteWorker::close);
                eventually(() -> stage.relay().workers() == 0);
            }
            System.out.printf(
                    Locale.ROOT, "50 workers joined and left in %.1f s%n", (System.nanoTime() - before) / 1e9);
            eventually(() -> stage.relay().connections() <= 1);
            eventually(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("site-worker")));
        }
    }
}
