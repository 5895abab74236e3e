package io.wanspec.functions.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.wanspec.functions.Stage;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** By what names requests are known: in answers, in logs, at the endpoints; and what logs never say. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class NamesTest {
    private static final String PROMPT = "marker-of-the-prompt";
    private static final String KEY = "marker-of-the-key";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    private Stage stage;

    @BeforeEach
    void start() throws Exception {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(logged);
        appender.start();
        root().addAppender(appender);
        product().setLevel(Level.INFO);
        stage = new Stage(Map.of()).ready();
    }

    @AfterEach
    void stop() {
        stage.close();
        root().detachAppender(appender);
        product().setLevel(null);
    }

    private static Logger product() {
        return (Logger) LoggerFactory.getLogger("io.wanspec");
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private HttpResponse<String> chat(String options) throws Exception {
        String body = "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"" + PROMPT
                + "\"}], " + options + "}";
        return stage.client.send(
                HttpRequest.newBuilder(stage.uri("/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .header("authorization", "Bearer " + KEY)
                        .header("x-client-request-id", "mine-7")
                        .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void oneNameOneTrace() throws Exception {
        for (String mode : new String[] {"wanspec", "target-only"}) {
            var answer = chat("\"max_tokens\": 8, \"wanspec\": {\"mode\": \"" + mode + "\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-request-id")).contains("mine-7");
        }
        assertThat(stage.calls())
                .contains("/invocations trace=" + TRACE + ";request=mine-7")
                .contains("/invocations-bidirectional-stream?trace=" + TRACE + " ");
        stop();
        assertThat(log().lines().filter(line -> line.contains("A session ended")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("mine-7", TRACE));
    }

    @Test
    void logsHoldNeitherPromptsNorKeysNorTexts() throws Exception {
        var text = chat("\"max_tokens\": 8");
        chat("\"stop\": 3");
        chat("\"" + PROMPT + "\": 3");
        stage.kill("target");
        chat("\"max_tokens\": 8");
        stop();

        String answered = text.body().replaceAll("(?s).*\"content\":\" ?([^\"]*)\".*", "$1");
        assertThat(answered).isNotEmpty().hasSizeLessThan(200);
        assertThat(log()).contains("A session ended").doesNotContain(PROMPT, KEY, answered);
    }

    private String log() {
        return logged.toString(StandardCharsets.UTF_8);
    }
}
