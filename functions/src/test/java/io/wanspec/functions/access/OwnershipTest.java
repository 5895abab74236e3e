package io.wanspec.functions.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one owner's keys leave behind is not there for another's. */
final class OwnershipTest {
    private static final String CHAT = "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\":"
            + " \"Hello\"}], \"max_tokens\": 8, \"seed\": 3}";
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
}
