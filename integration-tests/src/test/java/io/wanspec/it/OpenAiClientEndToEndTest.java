package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.wanspec.local.launch.Pace;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java client, unmodified, against the whole. */
class OpenAiClientEndToEndTest {
    @Test
    void streamsAndNot() throws Exception {
        try (TinyCloud cloud = TinyCloud.start(10, 0, Pace.NONE)) {
            OpenAIClient client = OpenAIOkHttpClient.builder()
                    .baseUrl(cloud.gateway() + "/v1")
                    .apiKey("unused")
                    .maxRetries(0)
                    .build();
            ChatCompletion whole = client.chat().completions().create(params(0.8));
            String text = whole.choices().getFirst().message().content().orElseThrow();
            assertThat(whole.usage().orElseThrow().completionTokens()).isBetween(1L, 40L);
            try (var stream = client.chat().completions().createStreaming(params(0.8))) {
                String joined = stream.stream()
                        .flatMap(chunk -> chunk.choices().stream())
                        .flatMap(choice -> choice.delta().content().stream())
                        .collect(Collectors.joining());
                assertThat(joined).isEqualTo(text);
            }
            assertThatThrownBy(() -> client.chat().completions().create(params(5)))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("temperature");
            client.close();
        }
    }

    @SuppressWarnings("deprecation") // OpenAI discourages seed; here it promises the same text
    private static ChatCompletionCreateParams params(double temperature) {
        return ChatCompletionCreateParams.builder()
                .model(TinyCloud.MODEL)
                .addUserMessage("Why is the sky blue?")
                .maxCompletionTokens(40)
                .temperature(temperature)
                .seed(42)
                .build();
    }
}
