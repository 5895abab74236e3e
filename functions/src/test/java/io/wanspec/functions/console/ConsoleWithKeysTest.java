package io.wanspec.functions.console;

import static io.wanspec.functions.console.ConsoleServedTest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.access.KeyedStage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where keys are asked for: the page holds nothing and needs none, what it asks for does. */
@Timeout(180)
final class ConsoleWithKeysTest {
    private static final String[] FROM_ELSEWHERE = {"x-forwarded-for", "203.0.113.7"};

    @Test
    void switchedOnItIsThereForEverybodyAndTheApiIsNot() throws Exception {
        try (KeyedStage keyed = new KeyedStage(Map.of("wanspec.console", "public"))) {
            assertThat(get(keyed.stage, "/console", FROM_ELSEWHERE).statusCode())
                    .isEqualTo(200);
            assertThat(get(keyed.stage, "/console/console.js", FROM_ELSEWHERE).statusCode())
                    .isEqualTo(200);
            assertThat(get(keyed.stage, "/", FROM_ELSEWHERE).body()).contains("href=\"console\"");
            assertThat(get(keyed.stage, "/v1/models", FROM_ELSEWHERE).statusCode())
                    .isEqualTo(401);
            assertThat(get(keyed.stage, "/consoles", FROM_ELSEWHERE).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void withoutTheSettingItIsOfThisMachineAlone() throws Exception {
        try (KeyedStage keyed = new KeyedStage()) {
            assertThat(get(keyed.stage, "/console").statusCode()).isEqualTo(200);
            assertThat(get(keyed.stage, "/console", FROM_ELSEWHERE).statusCode())
                    .isEqualTo(404);
            assertThat(keyed.get(keyed.key("someone"), "/console").statusCode()).isEqualTo(200);
        }
    }
}
