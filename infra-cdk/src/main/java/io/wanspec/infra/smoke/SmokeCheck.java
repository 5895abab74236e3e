package io.wanspec.infra.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What a deployment that works does. Each check is whole in itself, costs a few dozen tokens and leaves nothing. */
@SuppressWarnings("ImmutableEnumChecker") // Its steps keep no state.
public enum SmokeCheck {
    KEYS("who has no key is refused", SmokeCheck::refusesWithoutKey),
    ONE_TEXT("speculation does not change the text", SmokeCheck::hasOneText),
    STREAM("a stream has the same text and ends", SmokeCheck::streams),
    REMEMBERED("a response is found again, and is gone when it is deleted", SmokeCheck::remembers),
    BACKGROUND("work in the background is done", SmokeCheck::worksInBackground);

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CHAT = "/chat/completions";
    private static final String RESPONSES = "/responses";
    private static final int TOKENS = 16;
    private static final int POLLS_MAX = 180;

    private final String words;
    private final Steps steps;

    private interface Steps {
        void go(SmokeApi api, String model) throws IOException, InterruptedException;
    }

    SmokeCheck(String words, Steps steps) {
        this.words = words;
        this.steps = steps;
    }

    /** What holds, if it passes. */
    public String words() {
        return words;
    }

    /** @throws SmokeFailure if it does not hold */
    public void run(SmokeApi api) throws IOException, InterruptedException {
        JsonNode models = api.get("/models").path("data");
        require(!models.isEmpty(), "no model is served");
        steps.go(api, models.path(0).path("id").asText());
    }

    private static void refusesWithoutKey(SmokeApi api, String model) throws IOException, InterruptedException {
        if (api.hasKey()) {
            require(api.statusWithoutKey("/models") == 401, "a request without a key was not answered with 401");
        }
    }

    private static void hasOneText(SmokeApi api, String model) throws IOException, InterruptedException {
        ObjectNode alone = chat(model);
        alone.putObject("wanspec").put("mode", "target-only");
        String text = content(api.post(CHAT, alone));
        require(!text.isEmpty(), "the target said nothing");
        require(text.equals(content(api.post(CHAT, chat(model)))), "with drafts the text is another");
    }

    private static void streams(SmokeApi api, String model) throws IOException, InterruptedException {
        List<JsonNode> events = api.stream(CHAT, chat(model));
        String text = events.stream()
                .map(event -> event.at("/choices/0/delta/content").asText())
                .collect(Collectors.joining());
        require(text.equals(content(api.post(CHAT, chat(model)))), "streamed, the text is another");
    }

    private static void remembers(SmokeApi api, String model) throws IOException, InterruptedException {
        JsonNode made = api.post(RESPONSES, question(model));
        String path = RESPONSES + "/" + made.path("id").asText();
        require(api.get(path).equals(made), "the response that was found is another");
        require(api.delete(path).path("deleted").asBoolean(), "the response was not deleted");
    }

    private static void worksInBackground(SmokeApi api, String model) throws IOException, InterruptedException {
        JsonNode now = api.post(RESPONSES, question(model).put("background", true));
        String path = RESPONSES + "/" + now.path("id").asText();
        for (int i = 0; i < POLLS_MAX && isOpen(now); i++) {
            TimeUnit.SECONDS.sleep(1);
            now = api.get(path);
        }
        require(!isOpen(now), "nobody did it within " + POLLS_MAX + " s");
        String text = now.at("/output/0/content/0/text").asText();
        require(!text.isEmpty(), "it ended as " + now.path("status").asText() + " without a text");
        api.delete(path);
    }

    private static boolean isOpen(JsonNode response) {
        return List.of("queued", "in_progress").contains(response.path("status").asText());
    }

    private static ObjectNode chat(String model) {
        ObjectNode request = seeded(model).put("max_tokens", TOKENS);
        request.putArray("messages").addObject().put("role", "user").put("content", "Tell me of the sea");
        return request;
    }

    private static ObjectNode question(String model) {
        return seeded(model).put("input", "Tell me of the sea").put("max_output_tokens", TOKENS);
    }

    private static ObjectNode seeded(String model) {
        return MAPPER.createObjectNode().put("model", model).put("seed", 7).put("temperature", 0.8);
    }

    private static String content(JsonNode completion) {
        return completion.at("/choices/0/message/content").asText();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new SmokeFailure(otherwise);
        }
    }
}
