package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.RequestOptions;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnexpectedStatusCodeException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseRetrieveParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.inputitems.InputItemListParams;
import io.wanspec.local.launch.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OpenAI's own Java client, unmodified, against the whole: every route, through the gateway, with the real worker. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OpenAiClientEndToEndTest {
    private static final int TOKENS = 40;

    /** Of answers that have a form, whose end a model without sense comes to by chance. */
    private static final int FORMED = 600;

    private static final Set<ResponseStatus> OPEN = Set.of(ResponseStatus.QUEUED, ResponseStatus.IN_PROGRESS);

    private static TinyCloud cloud;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        cloud = TinyCloud.shared(10, 0, Pace.NONE);
        client = OpenAIOkHttpClient.builder()
                .baseUrl(cloud.gateway() + "/v1")
                .apiKey("unused")
                .responseValidation(true)
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @Test
    void listsModels() {
        assertThat(client.models().list().data()).anyMatch(model -> model.id().equals(TinyCloud.MODEL));
        assertThat(client.models().retrieve(TinyCloud.MODEL).id()).isEqualTo(TinyCloud.MODEL);
        assertThatThrownBy(() -> client.models().retrieve("no-such-model")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void chatsStreamedAndNot() {
        ChatCompletion whole = client.chat().completions().create(chat(0.8));
        String text = whole.choices().getFirst().message().content().orElseThrow();
        assertThat(whole.usage().orElseThrow().completionTokens()).isBetween(1L, (long) TOKENS);
        try (var stream = client.chat().completions().createStreaming(chat(0.8))) {
            String joined = stream.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .collect(Collectors.joining());
            assertThat(joined).isEqualTo(text);
        }
    }

    /** What the answer is to be, as the client makes a schema of it. */
    static final class Sighting {
        public enum Kind {
            BIRD,
            FISH
        }

        public Kind kind = Kind.BIRD;
        public long count;
        public boolean again;
        public List<Kind> others = List.of();
    }

    @JsonClassDescription("Looks something up.")
    @JsonTypeName("look_up")
    static final class LookUp {
        public Sighting.Kind kind = Sighting.Kind.FISH;
        public long most;
    }

    @Test
    void answersInTheFormThatIsAskedFor() {
        Sighting chatted = client.chat()
                .completions()
                .create(chat(0.8).toBuilder()
                        .maxCompletionTokens(FORMED)
                        .responseFormat(Sighting.class)
                        .build())
                .choices()
                .getFirst()
                .message()
                .content()
                .orElseThrow();
        assertThat(chatted.kind).isIn((Object[]) Sighting.Kind.values());
        Sighting responded =
                client
                        .responses()
                        .create(response()
                                .maxOutputTokens(FORMED)
                                .text(Sighting.class)
                                .build())
                        .output()
                        .stream()
                        .flatMap(item -> item.message().stream())
                        .flatMap(message -> message.content().stream())
                        .map(part -> part.asOutputText())
                        .findFirst()
                        .orElseThrow();
        assertThat(responded.others).doesNotContainNull();
    }

    @Test
    void callsFunctionsStreamedAndNot() {
        ChatCompletionCreateParams params = chat(0.8).toBuilder()
                .maxCompletionTokens(FORMED)
                .addTool(LookUp.class)
                .toolChoice(ChatCompletionToolChoiceOption.ofAuto(ChatCompletionToolChoiceOption.Auto.REQUIRED))
                .build();
        ChatCompletion whole = client.chat().completions().create(params);
        var choice = whole.choices().getFirst();
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        var called = choice.message()
                .toolCalls()
                .orElseThrow()
                .getFirst()
                .asFunction()
                .function();
        assertThat(called.name()).isEqualTo("look_up");
        assertThat(called.arguments(LookUp.class).kind).isIn((Object[]) Sighting.Kind.values());
        ChatCompletionAccumulator joined = ChatCompletionAccumulator.create();
        try (var stream = client.chat().completions().createStreaming(params)) {
            stream.stream().forEach(joined::accumulate);
        }
        // A call's id is of one answer; all else is as before.
        assertThat(functions(joined.chatCompletion())).isEqualTo(functions(whole));
    }

    private static List<ChatCompletionMessageFunctionToolCall.Function> functions(ChatCompletion answer) {
        return answer.choices().getFirst().message().toolCalls().orElseThrow().stream()
                .map(call -> call.asFunction().function())
                .toList();
    }

    @Test
    void completesStreamedAndNot() {
        var params = CompletionCreateParams.builder()
                .model(TinyCloud.MODEL)
                .prompt("Once upon a time")
                .maxTokens(TOKENS)
                .seed(42)
                .build();
        String text = client.completions().create(params).choices().getFirst().text();
        // OpenAI's own chunks have no finish reason before the last one either; the client's check is stricter.
        var lenient = RequestOptions.builder().responseValidation(false).build();
        try (var stream = client.completions().createStreaming(params, lenient)) {
            String joined = stream.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .map(choice -> choice.text())
                    .collect(Collectors.joining());
            assertThat(joined).isEqualTo(text).isNotEmpty();
        }
    }

    @Test
    void refusesInWordsOfItsOwn() {
        assertThatThrownBy(() -> client.chat().completions().create(chat(5)))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("temperature");
        assertThatThrownBy(() -> client.responses()
                        .create(response().input("x".repeat(5_000_000)).build()))
                .isInstanceOf(UnexpectedStatusCodeException.class)
                .hasMessageContaining("413");
    }

    @Test
    void respondsStreamedResumedAndNot() {
        Response whole = client.responses().create(response().build());
        assertThat(client.responses().retrieve(whole.id())).isEqualTo(whole);
        List<ResponseStreamEvent> events = new ArrayList<>();
        try (var stream = client.responses().createStreaming(response().build())) {
            stream.stream().forEach(events::add);
        }
        assertThat(text(events)).isEqualTo(text(whole)).isNotEmpty();
        int after = events.size() / 2;
        assertThat(follow(id(events), after)).isEqualTo(events.subList(after + 1, events.size()));
    }

    @Test
    void continuesListsAndDeletes() {
        Response first = client.responses().create(response().build());
        Response second = client.responses()
                .create(response()
                        .input("And then?")
                        .previousResponseId(first.id())
                        .build());
        assertThat(client
                        .responses()
                        .inputItems()
                        .list(InputItemListParams.builder()
                                .responseId(second.id())
                                .limit(2)
                                .build())
                        .autoPager()
                        .stream())
                .hasSize(3);
        client.responses().delete(first.id());
        assertThatThrownBy(() -> client.responses().retrieve(first.id())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void worksInTheBackground() throws Exception {
        Response made = client.responses().create(response().background(true).build());
        assertThat(text(awaited(made.id())))
                .isEqualTo(text(client.responses().create(response().build())));
        List<ResponseStreamEvent> seen = new ArrayList<>();
        try (var stream =
                client.responses().createStreaming(response().background(true).build())) {
            stream.stream().limit(5).forEach(seen::add);
        }
        List<ResponseStreamEvent> rest = follow(id(seen), 4);
        seen.addAll(rest);
        assertThat(follow(id(seen), -1)).isEqualTo(seen);
    }

    @Test
    void cancels() throws Exception {
        Response made = client.responses()
                .create(response().background(true).maxOutputTokens(400).build());
        assertThat(client.responses().cancel(made.id()).status()).hasValue(ResponseStatus.CANCELLED);
        assertThat(awaited(made.id()).status()).hasValue(ResponseStatus.CANCELLED);
    }

    private static Response awaited(String id) throws InterruptedException {
        Response response = client.responses().retrieve(id);
        while (OPEN.contains(response.status().orElseThrow())) {
            TimeUnit.MILLISECONDS.sleep(50);
            response = client.responses().retrieve(id);
        }
        return response;
    }

    private static List<ResponseStreamEvent> follow(String id, int after) {
        var params = ResponseRetrieveParams.builder().responseId(id);
        if (after >= 0) {
            params.startingAfter(after);
        }
        try (var stream = client.responses().retrieveStreaming(params.build())) {
            return stream.stream().toList();
        }
    }

    private static String id(List<ResponseStreamEvent> events) {
        return events.getFirst().created().orElseThrow().response().id();
    }

    private static String text(List<ResponseStreamEvent> events) {
        return events.stream()
                .flatMap(event -> event.outputTextDelta().stream())
                .map(delta -> delta.delta())
                .collect(Collectors.joining());
    }

    private static String text(Response response) {
        return response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .map(part -> part.asOutputText().text())
                .collect(Collectors.joining());
    }

    private static ResponseCreateParams.Builder response() {
        return ResponseCreateParams.builder()
                .model(TinyCloud.MODEL)
                .input("Why is the sky blue?")
                .maxOutputTokens(TOKENS)
                .temperature(0.8)
                .putAdditionalBodyProperty("seed", JsonValue.from(42));
    }

    @SuppressWarnings("deprecation") // OpenAI discourages seed; here it promises the same text
    private static ChatCompletionCreateParams chat(double temperature) {
        return ChatCompletionCreateParams.builder()
                .model(TinyCloud.MODEL)
                .addUserMessage("Why is the sky blue?")
                .maxCompletionTokens(TOKENS)
                .temperature(temperature)
                .seed(42)
                .build();
    }
}
