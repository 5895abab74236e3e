package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseItem;
import com.openai.models.responses.ResponseRetrieveParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.inputitems.InputItemListParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every route of responses by OpenAI's own client, unmodified, which checks what it is answered. */
final class ResponsesClientTest {
    private static TableStage stage;
    private static OpenAIClient client;
    private static OpenAIClient elsewhere;

    @BeforeAll
    static void start() throws Exception {
        stage = new TableStage(Map.of());
        client = client(stage.stage.server.getPort());
        elsewhere = client(stage.other.getPort());
    }

    private static OpenAIClient client(int port) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + port + "/v1")
                .apiKey("unused")
                .responseValidation(true)
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        elsewhere.close();
        stage.close();
    }

    @Test
    @SuppressWarnings("deprecation") // the library has no other way to the metadata's entries
    void retrieves() {
        Response made = client.responses().create(params().metadata(metadata()).build());
        Response found = elsewhere.responses().retrieve(made.id());

        assertThat(found).isEqualTo(made);
        assertThat(found.validate().metadata().orElseThrow()._additionalProperties())
                .containsEntry("topic", JsonValue.from("sky"));
    }

    @Test
    void resumesAStream() {
        List<ResponseStreamEvent> all = events();
        for (int after = 0; after < all.size(); after += 3) {
            var params = ResponseRetrieveParams.builder()
                    .responseId(
                            all.getFirst().created().orElseThrow().response().id())
                    .startingAfter(after)
                    .build();
            try (var rest = elsewhere.responses().retrieveStreaming(params)) {
                List<ResponseStreamEvent> events = rest.stream().toList();
                events.forEach(ResponseStreamEvent::validate);
                assertThat(events).isEqualTo(all.subList(after + 1, all.size()));
            }
        }
    }

    @Test
    void continuesAndListsItsInput() {
        Response first = client.responses().create(params().build());
        Response second = elsewhere
                .responses()
                .create(params().input("And then?")
                        .previousResponseId(first.id())
                        .build());

        List<ResponseItem> items = client
                .responses()
                .inputItems()
                .list(InputItemListParams.builder()
                        .responseId(second.id())
                        .limit(1)
                        .order(InputItemListParams.Order.ASC)
                        .build())
                .autoPager()
                .stream()
                .toList();
        items.forEach(ResponseItem::validate);
        assertThat(items).hasSize(3);
        assertThat(items.get(0).isResponseInputMessageItem()).isTrue();
        assertThat(items.get(1).asResponseOutputMessage().id())
                .isEqualTo(first.output().getFirst().asMessage().id());
    }

    @Test
    void cancelsWorkInTheBackground() {
        Response queued = client.responses().create(params().background(true).build());
        assertThat(queued.status()).hasValue(ResponseStatus.QUEUED);

        Response cancelled = elsewhere.responses().cancel(queued.id()).validate();

        assertThat(cancelled.status()).hasValue(ResponseStatus.CANCELLED);
        assertThatThrownBy(() -> client.responses()
                        .cancel(client.responses().create(params().build()).id()))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void followsWorkInTheBackground() {
        List<ResponseStreamEvent> events = new ArrayList<>();
        try (var stream =
                client.responses().createStreaming(params().background(true).build())) {
            stream.stream().forEach(event -> {
                events.add(event.validate());
                event.queued().ifPresent(queued -> stage.work(queued.response().id()));
            });
        }
        assertThat(events.getLast().incomplete().orElseThrow().response().output())
                .isNotEmpty();
    }

    @Test
    void deletes() {
        String id = client.responses().create(params().build()).id();
        elsewhere.responses().delete(id);

        assertThatThrownBy(() -> client.responses().retrieve(id)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.responses().delete(id)).isInstanceOf(NotFoundException.class);
    }

    private static List<ResponseStreamEvent> events() {
        try (var stream = client.responses().createStreaming(params().build())) {
            return stream.stream().toList();
        }
    }

    private static ResponseCreateParams.Metadata metadata() {
        return ResponseCreateParams.Metadata.builder()
                .putAdditionalProperty("topic", JsonValue.from("sky"))
                .build();
    }

    private static ResponseCreateParams.Builder params() {
        return ResponseCreateParams.builder().model(Stage.MODEL).input("Hello").maxOutputTokens(12);
    }
}
