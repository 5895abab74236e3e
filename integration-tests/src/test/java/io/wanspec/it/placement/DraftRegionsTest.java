package io.wanspec.it.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Three draft regions that are slowed, cut off and healed under requests: more of these with {@code -Dwanspec.placement.requests=200}. */
class DraftRegionsTest {
    private static final int REQUESTS = Integer.getInteger("wanspec.placement.requests", 12);
    private static final int TOKENS = 60;
    private static final int ROUNDS_MAX = 3;
    private static final Pattern LATENESS = Pattern.compile("in round (\\d+) of lateness");
    private static final JsonMapper MAPPER = new JsonMapper();

    /** So many texts there are; each is asked for again and again. */
    private static final int SEEDS = 8;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Integer, JsonNode> plain = new HashMap<>();
    private int takeovers;

    @Test
    void everyTextIsTheTargetsOwnAndNoRequestFails() throws Exception {
        try (ThreeRegions cloud = new ThreeRegions()) {
            awaitDrafting(cloud);
            AtomicBoolean over = new AtomicBoolean();
            Thread disturber = Thread.ofPlatform().start(() -> disturb(cloud, over));
            try {
                for (int i = 0; i < REQUESTS; i++) {
                    assertSameText(cloud, i % SEEDS);
                }
            } finally {
                over.set(true);
                disturber.join();
            }
            System.out.println(REQUESTS
                    + " requests while draft regions were slowed, cut off and healed: every text the target's own, "
                    + takeovers + " times another region took over in mid-text.");
            cloud.healAll();
            awaitDrafting(cloud);
            assertThat(chat(cloud, 1, "wanspec")
                            .at("/wanspec/ledger/remoteDraftPasses")
                            .asInt())
                    .isPositive();
        }
    }

    private static void disturb(ThreeRegions cloud, AtomicBoolean over) {
        Random random = new Random(REQUESTS);
        try {
            while (!over.get()) {
                cloud.disturb(random);
                Thread.sleep(50 + random.nextInt(200));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertSameText(ThreeRegions cloud, int seed) throws Exception {
        if (!plain.containsKey(seed)) {
            plain.put(seed, chat(cloud, seed, "target-only"));
        }
        JsonNode answer = chat(cloud, seed, "wanspec");
        String content = "/choices/0/message/content";
        assertThat(answer.at(content)).isEqualTo(plain.get(seed).at(content));
        takeovers += Math.max(0, answer.at("/wanspec/ledger/placement").size() - 1);
        for (JsonNode choice : answer.at("/wanspec/ledger/placement")) {
            assertThat(choice.path("why").asText()).isNotBlank();
            Matcher late = LATENESS.matcher(choice.path("why").asText());
            if (late.find()) {
                assertThat(Integer.parseInt(late.group(1)))
                        .as(choice.toString())
                        .isLessThanOrEqualTo(ROUNDS_MAX);
            }
        }
    }

    private void awaitDrafting(ThreeRegions cloud) throws Exception {
        for (int i = 0; i < 1_200; i++) {
            JsonNode placement = send(HttpRequest.newBuilder(cloud.api().resolve("/v1/wanspec/placement")));
            if (placement.has("chosen") && !placement.findValuesAsText("part").contains("left out")) {
                return;
            }
            send(HttpRequest.newBuilder(cloud.api().resolve("/healthz")));
            Thread.sleep(50);
        }
        throw new AssertionError(
                "no region drafts: " + send(HttpRequest.newBuilder(cloud.api().resolve("/v1/wanspec/placement"))));
    }

    private JsonNode chat(ThreeRegions cloud, int seed, String mode) throws Exception {
        URI uri = cloud.api().resolve("/v1/chat/completions");
        String body = """
                {"model": "%s", "messages": [{"role": "user", "content": "Hello"}], "max_tokens": %d,
                 "temperature": 0.8, "seed": %d, "wanspec": {"mode": "%s"}}""".formatted(ThreeRegions.MODEL, TOKENS, seed, mode);
        JsonNode answer = send(HttpRequest.newBuilder(uri)
                .timeout(Duration.ofMinutes(1))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.has("choices")).as(answer.toString()).isTrue();
        return answer;
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return MAPPER.readTree(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }
}
