package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI's own client, unmodified. */
@SuppressWarnings("deprecation")
final class OpenAiClientTest {
    private static Stage stage;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
        client = OpenAIOkHttpClient.builder()
                .baseUrl(stage.uri("/v1").toString())
                .apiKey("unused")
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        stage.close();
    }

    @Test
    void chats() {
        var answer = client.chat().completions().create(params(20).build());

        assertThat(answer.choices().getFirst().message().content()).isPresent();
        assertThat(answer.choices().getFirst().finishReason().asString()).isIn("stop", "length");
        assertThat(answer.usage().orElseThrow().completionTokens()).isPositive();
        assertThat(answer._additionalProperties()).containsKey("wanspec");
    }

    @Test
    void chatsInAStream() {
        var text = new StringBuilder();
        long[] usage = new long[1];
        var params = params(20)
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (var stream = client.chat().completions().createStreaming(params)) {
            stream.stream().forEach(chunk -> {
                chunk.choices().forEach(c -> c.delta().content().ifPresent(text::append));
                chunk.usage().ifPresent(u -> usage[0] = u.completionTokens());
            });
        }

        var whole = client.chat().completions().create(params(20).build());
        assertThat(text.toString())
                .isEqualTo(whole.choices().getFirst().message().content().orElseThrow());
        assertThat(usage[0]).isEqualTo(whole.usage().orElseThrow().completionTokens());
    }

    @Test
    void completes() {
        var answer = client.completions()
                .create(CompletionCreateParams.builder()
                        .model(Stage.MODEL)
                        .prompt("Once")
                        .maxTokens(8)
                        .seed(1)
                        .build());

        assertThat(answer.choices().getFirst().text()).startsWith(" w");
    }

    @Test
    void understandsErrorsAndModels() {
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(params(20).temperature(2.5).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("temperature");
        assertThat(client.models().list().data()).anyMatch(m -> m.id().equals(Stage.MODEL));
    }

    private static ChatCompletionCreateParams.Builder params(int tokens) {
        return ChatCompletionCreateParams.builder()
                .model(Stage.MODEL)
                .addUserMessage("Hello")
                .maxCompletionTokens(tokens)
                .seed(11);
    }
}
