package io.wanspec.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.settings.PromptRegions;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server with few places, and a key at its limit that asks for more. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class SharedPlacesTest {
    private static final String CHATS = "/v1/chat/completions";
    private static final String CHAT = "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\":"
            + " \"Hello\"}], \"max_tokens\": 3, \"seed\": 3}";
    private static final String LONG =
            CHAT.replace(": 3, \"seed\"", ": 4000, \"seed\"").replace("{\"model", "{\"stream\": true, \"model");

    @BeforeEach
    void awaitRoom() throws InterruptedException {
        WindowRoom.ofDay();
    }

    @Test
    void aKeyThatWaitsForItsBudgetKeepsNoOtherKeyOut() throws Exception {
        try (var keyed = new KeyedStage(Map.of("wanspec.limits.max-sessions", 2))) {
            KeySecret greedy = keyed.key("greedy", Scope.usual(), Keys.limits(0, 0, 4_100, 0), PromptRegions.any());
            KeySecret other = keyed.key("other");
            keyed.stage.target.passMillis = 20;
            try (InputStream stream = keyed.stage
                    .client
                    .send(keyed.posted(greedy, CHATS, LONG).build(), HttpResponse.BodyHandlers.ofInputStream())
                    .body()) {
                assertThat(stream.read()).isPositive();
                assertThat(servesWhileWaiting(keyed, greedy, other)).isTrue();
            }
        }
    }

    /** It waits for a second: tried again, should that be over before the other was heard. */
    private static boolean servesWhileWaiting(KeyedStage keyed, KeySecret greedy, KeySecret other) throws Exception {
        for (int i = 0; i < 20; i++) {
            CompletableFuture<HttpResponse<String>> waiting = keyed.stage.client.sendAsync(
                    keyed.posted(greedy, CHATS, LONG).build(), HttpResponse.BodyHandlers.ofString());
            while (!waiting.isDone()) {
                if (keyed.post(other, CHATS, CHAT).statusCode() == 200 && !waiting.isDone()) {
                    return true;
                }
            }
        }
        return false;
    }
}
