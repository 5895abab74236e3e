package io.wanspec.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.it.TinyCloud;
import io.wanspec.it.http.ApiClient;
import io.wanspec.it.http.EventReader;
import io.wanspec.it.http.ServerEvent;
import io.wanspec.it.lambda.FunctionZip;
import io.wanspec.it.lambda.LambdaTools;
import io.wanspec.local.launch.Pace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stacks before the cloud that {@code ./wanspec up} starts: its emulator of AWS, its models, its wide-area network. They give the
 * text that the cloud's own API gives, and leave that alone when they go. With {@code -Dwanspec.stacks=main} or {@code all}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class StacksBeforeACloudTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String RESPONSES = "/v1/responses";
    private static final int RTT_MS = 20;

    @TempDir
    private static Path folder;

    @Test
    void theyAnswerWithItsModelsAndLeaveItAlone() throws Exception {
        assumeFalse(
                System.getProperty("wanspec.stacks", "none").equals("none"),
                "SKIPPED: stacks are deployed to the emulator with -Dwanspec.stacks=main or all");
        LambdaTools.adapter();
        FunctionZip.of("api");
        try (TinyCloud cloud = TinyCloud.start(RTT_MS, 0, Pace.NONE);
                var own = new ApiClient(cloud.gateway(), Optional.empty())) {
            var program = new DeployProgram(TinyCloud.home());
            String settings = Files.writeString(folder.resolve("wanspec.yaml"), StackDeployment.settings(""))
                    .toString();
            DeployProgram.Run up = program.run("up", "--local", "--settings", settings);
            assertThat(up.exitCode()).as(up.said()).isZero();
            String text = text(own.post(RESPONSES, question()).ok().body());
            assertThat(text).isNotEmpty();

            try (TableKeyDesk desk = desk();
                    var stacks = new ApiClient(StackDeployment.address(up), Optional.of(key(desk)))) {
                asksThem(stacks, text);
            }
            DeployProgram.Run down = program.run("down", "--local", "--settings", settings);
            assertThat(down.exitCode()).as(down.said()).isZero();
            assertThat(text(own.post(RESPONSES, question()).ok().body())).isEqualTo(text);
        }
    }

    private static void asksThem(ApiClient stacks, String text) throws Exception {
        assertThat(text(stacks.post(RESPONSES, question()).ok().body())).isEqualTo(text);
        try (EventReader events = stacks.stream(RESPONSES, question())) {
            List<ServerEvent> all = events.rest();
            assertThat(text(all.getLast().data().path("response"))).isEqualTo(text);
        }
        JsonNode queued =
                stacks.post(RESPONSES, question().put("background", true)).ok().body();
        JsonNode now = queued;
        while (List.of("queued", "in_progress").contains(now.path("status").asText())) {
            TimeUnit.MILLISECONDS.sleep(200);
            now = stacks.get(RESPONSES + "/" + queued.path("id").asText()).ok().body();
        }
        assertThat(text(now)).as("%s", now).isEqualTo(text);
    }

    private static ObjectNode question() {
        return MAPPER.createObjectNode()
                .put("model", TinyCloud.MODEL)
                .put("input", "Tell me of the sea")
                .put("max_output_tokens", 24)
                .put("seed", 7);
    }

    private static String text(JsonNode response) {
        return response.at("/output/0/content/0/text").asText();
    }

    private static TableKeyDesk desk() throws Exception {
        return new TableKeyDesk(new StoreSettings(
                "us-east-1",
                TinyCloud.table().endpoint(),
                "it-local-sessions",
                Duration.ofHours(1),
                true,
                Duration.ofMillis(100)));
    }

    private static String key(TableKeyDesk desk) throws Exception {
        return desk.make("first", KeyLimits.none(), PromptRegions.any()).secret();
    }
}
