package io.wanspec.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one owner's keys leave behind is not there for another's. */
final class OwnershipTest {
    private static final String CHAT = "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\":"
            + " \"Hello\"}], \"max_tokens\": 8, \"seed\": 3}";
    private static final String RESPONSE = "{\"model\": \"toy-target\", \"input\": \"Hello\", \"max_output_tokens\": 8";
    private static KeyedStage keyed;
    private static KeySecret mine;
    private static KeySecret minesOther;
    private static KeySecret yours;

    @BeforeAll
    static void start() throws Exception {
        keyed = new KeyedStage();
        mine = keyed.key("me");
        minesOther = keyed.key("me");
        yours = keyed.key("you");
    }

    @AfterAll
    static void stop() {
        keyed.close();
    }

    @Test
    void aSessionIsThereForItsOwnersKeysOnly() throws Exception {
        HttpResponse<String> made = keyed.post(mine, "/v1/chat/completions", CHAT);
        String path = "/v1/wanspec/sessions/"
                + made.headers().firstValue("x-wanspec-session").orElseThrow();
        assertThat(keyed.get(mine, path).statusCode()).isEqualTo(200);
        assertThat(keyed.get(minesOther, path).statusCode()).isEqualTo(200);
        HttpResponse<String> other = keyed.get(yours, path);
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(other.body())
                .as("as if there were none")
                .isEqualTo(keyed.get(yours, path + "0").body().replace(path.substring(21) + "0", path.substring(21)));
    }

    @Test
    void aResponseIsThereForItsOwnersKeysOnly() throws Exception {
        HttpResponse<String> made = keyed.post(mine, "/v1/responses", RESPONSE + "}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        String id = new JsonMapper().readTree(made.body()).path("id").asText();
        String path = "/v1/responses/" + id;
        for (String read : List.of(path, path + "/input_items", path + "?stream=true")) {
            assertThat(keyed.get(yours, read).statusCode()).as(read).isEqualTo(404);
            assertThat(keyed.get(minesOther, read).statusCode()).as(read).isEqualTo(200);
        }
        assertThat(keyed.post(yours, path + "/cancel", "").statusCode()).isEqualTo(404);
        assertThat(keyed.send(keyed.with(yours, path).DELETE()).statusCode()).isEqualTo(404);
        String next = RESPONSE + ", \"previous_response_id\": \"" + id + "\"}";
        assertThat(keyed.post(yours, "/v1/responses", next).body()).contains("previous_response_not_found");
        assertThat(keyed.get(mine, path).statusCode()).isEqualTo(200);
    }

    @Test
    void idempotencyKeysOfTwoOwnersAreTwo() throws Exception {
        String key = "the-same-key";
        HttpResponse<String> first = keyed.send(posted(mine, key));
        HttpResponse<String> again = keyed.send(posted(minesOther, key));
        HttpResponse<String> others = keyed.send(posted(yours, key));
        assertThat(again.headers().firstValue("x-wanspec-session"))
                .isEqualTo(first.headers().firstValue("x-wanspec-session"));
        assertThat(others.statusCode()).isEqualTo(200);
        assertThat(others.headers().firstValue("x-wanspec-session"))
                .isNotEqualTo(first.headers().firstValue("x-wanspec-session"));
    }

    private static java.net.http.HttpRequest.Builder posted(KeySecret key, String idempotencyKey) {
        return keyed.posted(key, "/v1/chat/completions", CHAT).header("idempotency-key", idempotencyKey);
    }
}
