package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.local.launch.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One text, whatever the network does: prompts at two temperatures, at three distances, under every redundancy, as chains and as
 * trees. More of them: {@code -Dwanspec.prompts=50}.
 */
class OneTextTest {
    private static final int PROMPTS = Integer.getInteger("wanspec.prompts", 24);
    private static final int TOKENS = 24;
    private static final int AT_ONCE = 6;
    private static final List<String> REDUNDANCIES = List.of("never", "always", "entropy", "value");
    private static final List<String> DRAFTS = List.of("tree", "chain", "tree");
    private static final List<String> SUBJECTS = List.of(
            "the sky", "Émile's café", "東京", "17 × 23", "<|end|>", "🐝🍯", "a\nb\tc", "\"quotes\"", "مرحبا", "code();");

    @ParameterizedTest
    @ValueSource(ints = {0, 30, 100})
    void speculationGivesTheTargetsOwnText(int rttMs) throws Exception {
        TinyCloud cloud = TinyCloud.shared(rttMs, rttMs / 10.0, Pace.NONE);
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            Http http = new Http(cloud.gateway());
            Map<String, Integer> remoteDrafts = new ConcurrentHashMap<>();
            List<Callable<Void>> checks = new ArrayList<>();
            for (int i = 0; i < PROMPTS; i++) {
                int index = i;
                for (double temperature : new double[] {0, 0.8}) {
                    checks.add(() -> check(http, index, temperature, remoteDrafts));
                }
            }
            for (Future<Void> result : threads.invokeAll(checks)) {
                result.get();
            }
            assertThat(remoteDrafts).as("remote workers drafted").hasSizeGreaterThan(PROMPTS / 2);
        }
    }

    private static Void check(Http http, int index, double temperature, Map<String, Integer> remoteDrafts)
            throws Exception {
        String prompt = "Question " + index + " about " + SUBJECTS.get(index % SUBJECTS.size()) + "?".repeat(index % 7);
        ObjectNode plain = Http.chat(prompt, TOKENS, temperature, 1_000 + index);
        ((ObjectNode) plain.path("wanspec")).put("mode", "target-only");
        ObjectNode speculative = Http.chat(prompt, TOKENS, temperature, 1_000 + index);
        ObjectNode how = (ObjectNode) speculative.path("wanspec");
        how.put("redundancy", REDUNDANCIES.get(index % REDUNDANCIES.size()));
        if (index % 5 == 4) {
            how.put("mode", "colocated");
        } else {
            how.put("mode", "wanspec")
                    .put("draft", DRAFTS.get(index % DRAFTS.size()))
                    .put("price", 0.5 * (index % 2));
        }
        if (index % 2 == 1) {
            rule(plain, index);
            rule(speculative, index);
        }
        if (index % 4 > 1) {
            structure(plain, index);
            structure(speculative, index);
        }
        if (index % 3 == 0) {
            plain.put("logprobs", true).put("top_logprobs", index % 21);
            speculative.put("logprobs", true).put("top_logprobs", index % 21);
        }
        JsonNode expected = http.post(plain);
        JsonNode actual = http.post(speculative);
        assertThat(Http.tokenIds(expected)).isNotEmpty();
        assertThat(Http.tokenIds(actual)).as(prompt).isEqualTo(Http.tokenIds(expected));
        assertThat(text(actual)).isEqualTo(text(expected));
        assertThat(actual.path("choices")).isEqualTo(expected.path("choices"));
        int passes =
                actual.path("wanspec").path("ledger").path("remoteDraftPasses").asInt();
        if (passes > 0) {
            remoteDrafts.put(prompt + temperature, passes);
        }
        return null;
    }

    /** Penalties, biases and ends, in any combination. */
    private static void rule(ObjectNode body, int index) {
        Random random = new Random(index);
        body.put("frequency_penalty", random.nextInt(5) / 2.0 - 1).put("presence_penalty", random.nextInt(3) / 2.0);
        body.put("repetition_penalty", 1 + random.nextInt(3) / 5.0).put("min_p", random.nextInt(3) / 20.0);
        body.put("min_tokens", random.nextInt(TOKENS)).put("ignore_eos", random.nextBoolean());
        ObjectNode biases = body.putObject("logit_bias");
        for (int i = random.nextInt(5); i > 0; i--) {
            biases.put(String.valueOf(random.nextInt(200)), random.nextInt(105) - 100);
        }
        body.putArray("stop_token_ids").add(random.nextInt(200));
    }

    /** An answer on a grammar: JSON that fits a schema, any JSON, or a call. */
    private static void structure(ObjectNode body, int index) {
        body.put("ignore_eos", false);
        if (index % 3 == 0) {
            body.putObject("response_format").put("type", "json_object");
            return;
        }
        ObjectNode schema = body.objectNode();
        schema.putObject("properties")
                .putObject("kind")
                .putArray("enum")
                .add("one")
                .add("other");
        schema.withObject("/properties").putObject("text").put("type", "string").put("maxLength", index);
        schema.withObject("/properties")
                .putObject("count")
                .put("type", "integer")
                .put("maximum", index);
        schema.putArray("required").add("kind").add("count");
        if (index % 3 == 1) {
            ObjectNode format = body.putObject("response_format").put("type", "json_schema");
            format.putObject("json_schema").put("name", "any").set("schema", schema);
        } else {
            ObjectNode tool = body.putArray("tools").addObject().put("type", "function");
            tool.putObject("function").put("name", "look").set("parameters", schema);
            body.put("tool_choice", index % 2 == 0 ? "required" : "auto");
        }
    }

    private static String text(JsonNode answer) {
        return answer.path("choices").path(0).path("message").path("content").asText();
    }
}
