package io.wanspec.it.scenario;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The scenarios against a deployment of the user's own: {@code -Dwanspec.deployed=https://…}, {@code -Dwanspec.deployed.model=…},
 * and the access key in {@code WANSPEC_KEY}.
 */
@EnabledIfSystemProperty(named = "wanspec.deployed", matches = "https?://.+")
final class DeployedScenarioTest extends ScenarioSuite {
    @Override
    Deployment deploy() {
        return new Deployed(
                URI.create(property("wanspec.deployed")),
                property("wanspec.deployed.model"),
                Optional.ofNullable(System.getenv("WANSPEC_KEY")));
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), "-D" + name + "=…");
    }

    private record Deployed(URI gateway, String model, Optional<String> key) implements Deployment {}
}
