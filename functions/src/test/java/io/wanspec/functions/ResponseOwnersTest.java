package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.KeyedStage;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Responses and idempotency keys belong to the key that made them, or to another one of its owner. */
final class ResponseOwnersTest {
    private static final String PATH = "/v1/responses";
    private static final String BODY = "{\"model\": \"toy-target\", \"input\": \"Hello\", \"max_output_tokens\": 3}";
    private static KeyedStage stage;
    private static KeySecret mine;
    private static KeySecret alsoMine;
    private static KeySecret others;

    @BeforeAll
    static void start() throws Exception {
        stage = new KeyedStage();
        mine = stage.key("me");
        alsoMine = stage.key("me");
        others = stage.key("other");
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void anotherKeyFindsNothing() throws Exception {
        String id = json(stage.post(mine, PATH, BODY)).at("/id").textValue();
        String path = PATH + "/" + id;

        assertThat(stage.get(alsoMine, path).statusCode()).isEqualTo(200);
        for (HttpRequest.Builder request : List.of(
                stage.with(others, path).GET(),
                stage.with(others, path + "?stream=true").GET(),
                stage.with(others, path + "/input_items").GET(),
                stage.with(others, path).DELETE(),
                stage.posted(others, path + "/cancel", ""))) {
            assertThat(stage.send(request).statusCode()).isEqualTo(404);
        }
        HttpResponse<String> continued =
                stage.post(others, PATH, BODY.replace("{\"m", "{\"previous_response_id\": \"" + id + "\", \"m"));
        assertThat(continued.statusCode()).isEqualTo(400);
        assertThat(continued.body()).contains("previous_response_not_found");
        assertThat(stage.get(mine, path).statusCode()).isEqualTo(200);
    }

    @Test
    void theSameIdempotencyKeyOfSomebodyElseIsAnotherOne() throws Exception {
        JsonNode first = keyed(mine);
        assertThat(keyed(alsoMine)).isEqualTo(first);
        assertThat(keyed(others).at("/id")).isNotEqualTo(first.at("/id"));
    }

    private static JsonNode keyed(KeySecret key) throws IOException, InterruptedException {
        return json(stage.send(stage.posted(key, PATH, BODY).header("Idempotency-Key", "the-same")));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TableStage.MAPPER.readTree(answer.body());
    }
}
