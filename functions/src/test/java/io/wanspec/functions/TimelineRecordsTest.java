package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.timeline.TimelineCodec;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.KeyedStage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Timelines beside the records of their sessions: of a server that keeps none in its memory, and one that does. */
final class TimelineRecordsTest {
    private static KeyedStage forgetful;
    private static KeyedStage usual;

    @BeforeAll
    static void start() throws Exception {
        forgetful = new KeyedStage(Map.of("wanspec.timeline.bytes-max", "0"));
        usual = new KeyedStage();
    }

    @AfterAll
    static void stop() {
        usual.close();
        forgetful.close();
    }

    @Test
    void whatWasAskedForIsKeptWithTheSessionAndForItsOwnerAlone() throws Exception {
        KeySecret mine = forgetful.key("me");
        KeySecret others = forgetful.key("other");
        String session = asked(forgetful, mine, "events");
        awaitKept(forgetful, session);

        String kept = forgetful.get(forgetful.key("me"), path(session)).body();
        List<TimelineEvent> events = TimelineCodec.decodeAll(kept);
        assertThat(events.getFirst()).isInstanceOf(TimelineEvent.Begin.class);
        assertThat(events.getLast()).isInstanceOf(TimelineEvent.End.class);
        assertThat(kept).doesNotContain("\"text\":\"");
        assertIsNotThere(forgetful.get(others, path(session)), forgetful.get(others, path("sess_none")));

        String unasked = asked(forgetful, mine, "none");
        String withText = asked(forgetful, mine, "text");
        awaitKept(forgetful, withText);
        assertThat(forgetful.get(mine, path(withText)).body()).contains("\"text\":\"");
        assertThat(forgetful.timelines.find(new SessionId(unasked))).isEmpty();
        assertIsForgotten(mine, unasked);
    }

    @Test
    void whatIsInMemoryIsForItsOwnerAlone() throws Exception {
        KeySecret mine = usual.key("me");
        KeySecret others = usual.key("other");
        String session = asked(usual, mine, "none");

        assertThat(usual.get(mine, path(session)).statusCode()).isEqualTo(200);
        assertThat(usual.get(usual.key("me"), path(session)).statusCode()).isEqualTo(200);
        assertIsNotThere(usual.get(others, path(session)), usual.get(others, path("sess_none")));
        assertThat(usual.stage.get(path(session)).statusCode()).isEqualTo(401);
    }

    @Test
    void itIsDeletedWithItsResponse() throws Exception {
        for (KeyedStage stage : List.of(usual, forgetful)) {
            KeySecret mine = stage.key("me");
            HttpResponse<String> made = stage.post(
                    mine,
                    "/v1/responses",
                    "{\"model\": \"toy-target\", \"input\": \"Hello\", \"max_output_tokens\": 3, \"wanspec\": {\"timeline\": \"text\"}}");
            String session = made.headers().firstValue("x-wanspec-session").orElseThrow();
            String id = TableStage.MAPPER.readTree(made.body()).at("/id").textValue();
            awaitKept(stage, session);

            assertThat(stage.send(stage.with(mine, "/v1/responses/" + id).DELETE())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(stage.get(mine, path(session)).statusCode()).isEqualTo(404);
        }
    }

    /** In the table: what the server answers may still come from its memory. */
    private static void awaitKept(KeyedStage stage, String session) throws Exception {
        assertThat(KeyedStage.eventually(
                        () -> stage.timelines.find(new SessionId(session)).isPresent()))
                .isTrue();
    }

    /** Soon: a session's memory goes behind its answer. */
    private static void assertIsForgotten(KeySecret mine, String session) throws Exception {
        assertThat(KeyedStage.eventually(
                        () -> forgetful.get(mine, path(session)).statusCode() == 404))
                .isTrue();
    }

    /** Whose it is cannot be tried out. */
    private static void assertIsNotThere(HttpResponse<String> found, HttpResponse<String> nothing) {
        assertThat(found.statusCode()).isEqualTo(404);
        assertThat(found.body().replaceAll("sess_\\w+", ""))
                .isEqualTo(nothing.body().replaceAll("sess_\\w+", ""));
    }

    private static String asked(KeyedStage stage, KeySecret key, String wish) throws IOException, InterruptedException {
        HttpResponse<String> answer = stage.post(
                key,
                "/v1/chat/completions",
                "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], \"max_tokens\": 12,"
                        + " \"seed\": 7, \"wanspec\": {\"timeline\": \"" + wish + "\"}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("x-wanspec-session").orElseThrow();
    }

    private static String path(String session) {
        return "/v1/wanspec/sessions/" + session + "/timeline";
    }
}
