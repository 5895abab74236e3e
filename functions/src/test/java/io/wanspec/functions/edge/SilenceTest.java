package io.wanspec.functions.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.wanspec.functions.Stage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams on which nothing comes for a while. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class SilenceTest {
    private Stage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(Map.of("wanspec.http.keep-alive", "20ms")).ready();
        stage.target.passMillis = 300;
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void aStreamIsKeptAliveBeforeItsFirstTokenAndBetweenEvents() throws Exception {
        String body = stage.post(
                        "/v1/completions",
                        "{\"model\": \"toy-target\", \"prompt\": \"Once\", \"max_tokens\": 6, \"seed\": 1, \"stream\": true}")
                .body();
        List<String> events = List.of(body.split("\n\n", -1));

        assertThat(events.getFirst()).isEqualTo(": keep-alive");
        assertThat(events).filteredOn(String::isEmpty).hasSize(1);
        assertThat(events)
                .allMatch(event ->
                        event.isEmpty() || event.equals(": keep-alive") || event.matches("data: (\\{.*}|\\[DONE])"));
        assertThat(events.get(events.size() - 2)).isEqualTo("data: [DONE]");
    }

    @Test
    @SuppressWarnings("deprecation")
    void openAisClientDoesNotNotice() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(stage.uri("/v1").toString())
                .apiKey("unused")
                .build();
        var params = ChatCompletionCreateParams.builder()
                .model(Stage.MODEL)
                .addUserMessage("Hello")
                .maxCompletionTokens(6)
                .seed(11)
                .build();
        var text = new StringBuilder();
        try (var stream = client.chat().completions().createStreaming(params)) {
            stream.stream()
                    .forEach(chunk ->
                            chunk.choices().forEach(c -> c.delta().content().ifPresent(text::append)));
        }
        var whole = client.chat().completions().create(params);

        assertThat(text.toString())
                .isNotEmpty()
                .isEqualTo(whole.choices().getFirst().message().content().orElseThrow());
        client.close();
    }
}
