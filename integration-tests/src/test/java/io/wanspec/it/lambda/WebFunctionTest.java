package io.wanspec.it.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** <i>api</i> as it is deployed, behind the real Web Adapter. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class WebFunctionTest {
    /** Behind them comes the answer's body. */
    private static final String PRELUDE_END = "\0".repeat(8);

    @TempDir
    private Path folder;

    @Test
    void textLeavesTheFunctionWhileItIsGenerated() throws Exception {
        Path adapter = LambdaTools.adapter();
        FunctionZip.unpack("api", folder);
        try (var regions = new ToyRegions();
                var function = new WebFunction(adapter, folder, regions.environment())) {
            regions.target.passMillis = 20;
            var answer = function.post("/v1/chat/completions", chat("\"stream\": true, \"max_tokens\": 200"));

            StringBuilder text = new StringBuilder();
            int parts = 0;
            boolean openWhileTextCame = false;
            for (byte[] part = answer.nextPart(); part.length > 0; part = answer.nextPart()) {
                text.append(new String(part, StandardCharsets.UTF_8));
                parts++;
                openWhileTextCame |= text.indexOf("\"content\":\" w") > 0 && regions.target.open.get() == 1;
            }

            assertThat(answer.mode()).isEqualTo("streaming");
            assertThat(answer.contentType()).isEqualTo("application/vnd.awslambda.http-integration-response");
            assertThat(answer.failed()).isFalse();
            assertThat(text.substring(0, text.indexOf(PRELUDE_END)))
                    .contains("\"statusCode\":200", "text/event-stream");
            assertThat(openWhileTextCame)
                    .as("text came while the target was still at work")
                    .isTrue();
            assertThat(parts).as("parts").isGreaterThan(3);
            assertThat(text.toString()).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void withoutAnyEndpointItIsReadyAndSaysWhatIsMissing() throws Exception {
        Path adapter = LambdaTools.adapter();
        FunctionZip.unpack("api", folder);
        try (var regions = new ToyRegions()) {
            regions.loseTarget();
            try (var function = new WebFunction(adapter, folder, regions.environment())) {
                assertThat(body(function.get("/livez"))).contains("alive");

                String refused = body(function.post("/v1/chat/completions", chat("\"max_tokens\": 4")));

                assertThat(refused).contains("\"statusCode\":503", "target_unavailable");
            }
        }
    }

    private static String body(RuntimeApi.Invocation invocation) throws InterruptedException {
        return new String(invocation.rest(), StandardCharsets.UTF_8);
    }

    private static String chat(String options) {
        return "{\"model\": \"" + ToyRegions.MODEL
                + "\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], " + options + "}";
    }
}
