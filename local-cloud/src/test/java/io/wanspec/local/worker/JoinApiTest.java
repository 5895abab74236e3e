package io.wanspec.local.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends a worker for good, and what it outlives. */
final class JoinApiTest {
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405})
    void onlyWhatTheApiItselfSaysEndsAWorker(int status) {
        String refused = "{\"error\": {\"message\": \"No such key.\", \"code\": \"invalid_api_key\"}}";
        assertThat(JoinApi.reply(status, refused))
                .isEqualTo(new JoinReply.Denied("the API refuses (" + status + "): No such key."));
        for (String other : new String[] {
            "",
            "<html>404</html>",
            "{\"message\":\"Forbidden\"}",
            "[1]",
            "{\"error\": \"gone\"}",
            "{\"error\": {\"message\": \"x\", \"code\": null}}",
            "{\"error\": {\"message\": \"x\", \"code\": \"refused_by_firewall\"}}"
        }) {
            assertThat(JoinApi.reply(status, other)).as(other).isInstanceOf(JoinReply.Later.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 409, 429, 500, 503})
    void whatMayPassIsTriedAgain(int status) {
        String body = "{\"error\": {\"message\": \"later\", \"code\": \"token_in_use\"}}";
        assertThat(JoinApi.reply(status, body)).isInstanceOf(JoinReply.Later.class);
    }
}
