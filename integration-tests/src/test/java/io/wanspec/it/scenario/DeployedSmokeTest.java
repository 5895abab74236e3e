package io.wanspec.it.scenario;

import io.wanspec.infra.smoke.SmokeApi;
import io.wanspec.infra.smoke.SmokeCheck;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@code ./wanspec deploy smoke} checks, of a deployment of the user's own: {@code -Dwanspec.deployed=https://…} without {@code /v1},
 * and the access key in {@code WANSPEC_KEY}.
 */
@EnabledIfSystemProperty(named = "wanspec.deployed", matches = "https?://.+")
final class DeployedSmokeTest {
    @ParameterizedTest
    @EnumSource
    void holds(SmokeCheck check) throws IOException, InterruptedException {
        URI base = URI.create(System.getProperty("wanspec.deployed").replaceFirst("/$", "") + "/v1");
        try (SmokeApi api = new SmokeApi(base, Optional.ofNullable(System.getenv("WANSPEC_KEY")))) {
            check.run(api);
        }
    }
}
