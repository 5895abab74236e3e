package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.RequestOptions;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionPredictionContent;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseIncludable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The parameters that OpenAI's own Java client has names for, and those of others that it takes along; it checks each answer. */
@SuppressWarnings("deprecation") // the seed, which is served
final class ClientParametersTest {
    private static final int TOKENS = 12;
    private static Stage stage;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
        client = OpenAIOkHttpClient.builder()
                .baseUrl(stage.uri("/v1").toString())
                .apiKey("unused")
                .responseValidation(true)
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        stage.close();
    }

    @Test
    void severalTextsWithLogProbabilities() {
        ChatCompletion answer = client.chat()
                .completions()
                .create(chat().n(3).logprobs(true).topLogprobs(2).build());
        assertThat(answer.choices())
                .hasSize(3)
                .allSatisfy(choice -> assertThat(
                                choice.logprobs().orElseThrow().content().orElseThrow())
                        .hasSize(TOKENS)
                        .allSatisfy(entry -> assertThat(entry.topLogprobs()).hasSize(2)));
        var usage = answer.usage().orElseThrow();
        assertThat(usage.completionTokens()).isEqualTo(3 * TOKENS);
        assertThat(usage.promptTokensDetails().orElseThrow().cachedTokens().orElseThrow())
                .isPositive();
    }

    @Test
    void penaltiesBiasesStopsAndWhatOthersHave() {
        ChatCompletionCreateParams params = chat().frequencyPenalty(0.5)
                .presencePenalty(-0.5)
                .logitBias(ChatCompletionCreateParams.LogitBias.builder()
                        .putAdditionalProperty("5", JsonValue.from(-100))
                        .build())
                .stopOfStrings(List.of("never", "ever"))
                .putAdditionalBodyProperty("min_p", JsonValue.from(0.05))
                .putAdditionalBodyProperty("min_tokens", JsonValue.from(3))
                .putAdditionalBodyProperty("repetition_penalty", JsonValue.from(1.1))
                .putAdditionalBodyProperty("ignore_eos", JsonValue.from(true))
                .putAdditionalBodyProperty("stop_token_ids", JsonValue.from(List.of(0)))
                .putAdditionalBodyProperty("include_stop_str_in_output", JsonValue.from(true))
                .build();
        assertThat(text(client.chat().completions().create(params)) + " ").doesNotContain(" w5 ");
    }

    @Test
    void aPredictionChangesNothing() {
        ChatCompletion plain = client.chat().completions().create(chat().build());
        ChatCompletion predicted = client.chat()
                .completions()
                .create(chat().prediction(ChatCompletionPredictionContent.builder()
                                .content("Something else")
                                .build())
                        .build());
        assertThat(text(predicted)).isEqualTo(text(plain));
        var details = predicted.usage().orElseThrow().completionTokensDetails().orElseThrow();
        assertThat(details.acceptedPredictionTokens()).isPresent();
        assertThat(details.rejectedPredictionTokens()).isPresent();
    }

    @Test
    void plainTexts() {
        Completion best = client.completions()
                .create(plain().promptOfArrayOfTokenArrays(List.of(List.of(5L, 6L), List.of(7L)))
                        .bestOf(3)
                        .build());
        assertThat(best.choices()).hasSize(2);

        // What comes first in a text has no probability, which the client's check does not foresee.
        var lenient = RequestOptions.builder().responseValidation(false).build();
        Completion echoed = client.completions()
                .create(plain().prompt("Once").echo(true).logprobs(1).build(), lenient);
        assertThat(echoed.choices().getFirst().text()).startsWith("Once w");
        assertThat(echoed.choices().getFirst().logprobs().orElseThrow().tokens().orElseThrow())
                .hasSize("Once".length() + TOKENS);
    }

    @Test
    void aResponseWithLogProbabilities() {
        Response response = client.responses()
                .create(ResponseCreateParams.builder()
                        .model(Stage.MODEL)
                        .input("Hello")
                        .maxOutputTokens(TOKENS)
                        .addInclude(ResponseIncludable.MESSAGE_OUTPUT_TEXT_LOGPROBS)
                        .topLogprobs(2)
                        .build());
        var part = response.output().getFirst().asMessage().content().getFirst().asOutputText();
        assertThat(part.logprobs().orElseThrow())
                .hasSize(TOKENS)
                .allSatisfy(entry -> assertThat(entry.topLogprobs()).hasSize(2));
        assertThat(response.usage().orElseThrow().inputTokensDetails().cachedTokens())
                .isPositive();
    }

    private static String text(ChatCompletion answer) {
        return answer.choices().getFirst().message().content().orElseThrow();
    }

    private static ChatCompletionCreateParams.Builder chat() {
        return ChatCompletionCreateParams.builder()
                .model(Stage.MODEL)
                .addUserMessage("Hello")
                .maxCompletionTokens(TOKENS)
                .seed(11);
    }

    private static CompletionCreateParams.Builder plain() {
        return CompletionCreateParams.builder()
                .model(Stage.MODEL)
                .maxTokens(TOKENS)
                .seed(11);
    }
}
