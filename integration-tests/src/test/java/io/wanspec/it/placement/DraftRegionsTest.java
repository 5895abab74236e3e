package io.wanspec.it.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Three draft regions and two workers on site, which are slowed, cut off, killed and come back under requests: more of these with {@code
 * -Dwanspec.placement.requests=200}.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DraftRegionsTest {
    private static final int REQUESTS = Integer.getInteger("wanspec.placement.requests", 12);
    private static final int ROUNDS_MAX = 3;
    private static final Pattern LATENESS = Pattern.compile("in round (\\d+) of lateness");
    private static final String CONTENT = "/choices/0/message/content";

    /** So many texts there are; each is asked for again and again. */
    private static final int SEEDS = 8;

    /** Of a text in whose middle something happens. */
    private static final int LONG = 200;

    private static final int SHORT = 60;

    /** A change comes late in a request now and then. */
    private static final int TRIES = 24;

    private static final Map<String, JsonNode> PLAIN = new HashMap<>();
    private static FivePlaces cloud;
    private static PlacedChat chat;
    private int late;

    @BeforeAll
    static void start() throws Exception {
        cloud = new FivePlaces();
        chat = new PlacedChat(cloud.api());
        chat.awaitAll();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    /** In mid-text, and in time, by the controller's own account, which counts rounds from the first late reply. */
    @Test
    @Order(1)
    void aRegionThatGetsSlowIsLeftWithinThreeRounds() throws Exception {
        for (int tries = 0; tries < TRIES && late == 0; tries++) {
            cloud.healAll();
            chat.awaitAll();
            JsonNode answer = chat.ask(LONG, tries % SEEDS, "wanspec", chosen -> {
                if (FivePlaces.REGIONS.contains(chosen)) {
                    cloud.link(chosen).setRtt(Duration.ofMillis(200));
                } else {
                    cloud.slowSites();
                }
            });
            assertSame(answer, LONG, tries % SEEDS);
        }
        assertThat(late).as("changes for lateness").isPositive();
    }

    @Test
    @Order(2)
    void aWorkerOnSiteThatIsKilledIsReplacedInMidText() throws Exception {
        int takenOver = 0;
        for (int tries = 0; tries < TRIES && takenOver == 0; tries++) {
            cloud.healAll();
            FivePlaces.REGIONS.forEach(region -> cloud.link(region).cut());
            chat.await(placement -> FivePlaces.SITES.contains(chat.chosen(placement))
                    && placement.findValuesAsText("part").contains("stands by")
                    && FivePlaces.REGIONS.stream()
                            .allMatch(region -> chat.part(placement, region).equals("left out")));
            JsonNode answer = chat.ask(LONG, tries % SEEDS, "wanspec", chosen -> {
                if (FivePlaces.SITES.contains(chosen)) {
                    cloud.kill(chosen);
                }
            });
            assertSame(answer, LONG, tries % SEEDS);
            boolean killed = FivePlaces.SITES.stream().anyMatch(site -> !cloud.isThere(site));
            takenOver += killed ? answer.at("/wanspec/ledger/placement").size() - 1 : 0;
        }
        assertThat(takenOver).as("places that took over from a dead worker").isPositive();
    }

    @Test
    @Order(3)
    @Timeout(86_400)
    void everyTextIsTheTargetsOwnAndNoRequestFails() {
        // More requests have more time, which an annotation cannot say.
        assertTimeoutPreemptively(Duration.ofSeconds(300 + 10L * REQUESTS), this::askWhileDisturbed);
    }

    private void askWhileDisturbed() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread disturber = Thread.ofPlatform().start(() -> disturb(over));
        int takeovers = 0;
        try {
            for (int i = 0; i < REQUESTS; i++) {
                JsonNode answer = chat.ask(SHORT, i % SEEDS, "wanspec", chosen -> {});
                assertSame(answer, SHORT, i % SEEDS);
                takeovers += Math.max(0, answer.at("/wanspec/ledger/placement").size() - 1);
            }
        } finally {
            over.set(true);
            disturber.join();
        }
        System.out.printf(
                Locale.ROOT,
                "%d requests while draft regions were slowed, cut off and healed, and workers on site killed and joined: every text the"
                        + " target's own, %d times another place took over in mid-text, %d of them for lateness%n",
                REQUESTS,
                takeovers,
                late);
        cloud.healAll();
        chat.awaitAll();
        assertThat(drafted(chat.ask(SHORT, 1, "wanspec", chosen -> {}))).isTrue();
    }

    /** Nobody else is there to draft. What it took is a measure, and printed. */
    @Test
    @Order(4)
    void aWorkerThatJoinsDraftsForTheNextRequest() throws Exception {
        cloud.healAll();
        FivePlaces.REGIONS.forEach(region -> cloud.link(region).cut());
        for (String site : FivePlaces.SITES) {
            cloud.kill(site);
        }
        String site = FivePlaces.SITES.getFirst();
        chat.await(placement -> chat.part(placement, site).equals("left out"));
        long before = System.nanoTime();
        cloud.join(site);
        chat.await(placement -> chat.part(placement, site).equals("drafts"));
        double joined = (System.nanoTime() - before) / 1e9;
        JsonNode answer = chat.ask(SHORT, 1, "wanspec", chosen -> {});
        assertSame(answer, SHORT, 1);
        System.out.printf(
                Locale.ROOT,
                "a worker on site was there %.1f s after its process began; the next request %s%n",
                joined,
                drafted(answer) ? "was drafted by it" : "was not drafted by it");
        for (int tries = 1; tries < TRIES && !drafted(answer); tries++) {
            answer = chat.ask(SHORT, 1, "wanspec", chosen -> {});
        }
        assertThat(drafted(answer)).isTrue();
        assertThat(answer.at("/wanspec/ledger/placement/0/worker").asText()).isEqualTo(site);
    }

    private static boolean drafted(JsonNode answer) {
        return answer.at("/wanspec/ledger/remoteDraftPasses").asInt() > 0;
    }

    private static void disturb(AtomicBoolean over) {
        Random random = new Random(REQUESTS);
        try {
            while (!over.get()) {
                cloud.disturb(random);
                Thread.sleep(50 + random.nextInt(200));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertSame(JsonNode answer, int tokens, int seed) throws Exception {
        String key = tokens + " " + seed;
        if (!PLAIN.containsKey(key)) {
            PLAIN.put(key, chat.ask(tokens, seed, "target-only", chosen -> {}));
        }
        assertThat(answer.at(CONTENT)).isEqualTo(PLAIN.get(key).at(CONTENT));
        for (JsonNode choice : answer.at("/wanspec/ledger/placement")) {
            assertThat(choice.path("why").asText()).isNotBlank();
            Matcher lateness = LATENESS.matcher(choice.path("why").asText());
            if (lateness.find()) {
                late++;
                assertThat(Integer.parseInt(lateness.group(1)))
                        .as(choice.toString())
                        .isLessThanOrEqualTo(ROUNDS_MAX);
            }
        }
    }
}
