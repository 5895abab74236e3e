package io.wanspec.local.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WanspecHomeTest {
    @Test
    void is_what_the_environment_says_or_a_folder_of_the_user() {
        assertThat(WanspecHome.of(Map.of("WANSPEC_HOME", "/data/w"), "/home/u").models())
                .isEqualTo(Path.of("/data/w/models"));
        assertThat(WanspecHome.of(Map.of("WANSPEC_HOME", ""), "/home/u").logs())
                .isEqualTo(Path.of("/home/u/.wanspec/logs"));
        assertThat(WanspecHome.of(Map.of(), "/home/u").engine()).isEqualTo(Path.of("/home/u/.wanspec/engine"));
    }
}
