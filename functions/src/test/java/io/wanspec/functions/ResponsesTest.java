package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Responses by OpenAI's own client, unmodified, which checks each answer; without a table. */
final class ResponsesTest {
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
    @SuppressWarnings("deprecation") // the library has no other way to fields that are not OpenAI's
    void answers() {
        Response response = client.responses().create(params(20).build());

        response.validate();
        assertThat(response.id()).startsWith("resp_");
        assertThat(response.status()).hasValue(ResponseStatus.INCOMPLETE);
        assertThat(response.incompleteDetails()
                        .orElseThrow()
                        .reason()
                        .orElseThrow()
                        .asString())
                .isEqualTo("max_output_tokens");
        assertThat(text(response)).startsWith(" w");
        assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(20);
        assertThat(response._additionalProperties()).containsKey("wanspec");
    }

    @Test
    void streamsTheSame() {
        Response whole = client.responses().create(params(20).build());
        List<ResponseStreamEvent> events;
        try (var stream = client.responses().createStreaming(params(20).build())) {
            events = stream.stream().toList();
        }

        events.forEach(ResponseStreamEvent::validate);
        String deltas = events.stream()
                .flatMap(event -> event.outputTextDelta().stream())
                .map(delta -> delta.delta())
                .collect(Collectors.joining());
        assertThat(deltas).isEqualTo(text(whole));
        assertThat(events.getFirst().isCreated()).isTrue();
        assertThat(text(events.getLast().incomplete().orElseThrow().response())).isEqualTo(deltas);
        assertThat(events.stream().filter(event -> event.isOutputTextDelta())).hasSizeGreaterThan(15);
    }

    static String text(Response response) {
        return response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .map(content -> content.outputText().orElseThrow().text())
                .collect(Collectors.joining());
    }

    private static ResponseCreateParams.Builder params(int tokens) {
        return ResponseCreateParams.builder()
                .model(Stage.MODEL)
                .input("Hello")
                .instructions("Be brief.")
                .maxOutputTokens(tokens)
                .putAdditionalBodyProperty("seed", com.openai.core.JsonValue.from(11));
    }
}
