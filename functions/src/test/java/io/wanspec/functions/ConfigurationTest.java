package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.functions.settings.EndpointAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in the configuration stop the start and name the key. */
final class ConfigurationTest {
    @ParameterizedTest
    @CsvSource({
        "wanspec.limits.max-sessions, many, wanspec.limits.max-sessions must be an integer",
        "wanspec.limits.deadline, soon, wanspec.limits.deadline must be a duration",
        "wanspec.speculation.mode, warp, wanspec.speculation.mode must be one of",
        "wanspec.speculation.draft, bush, wanspec.speculation.draft must be one of chain",
        "wanspec.speculation.pass-nodes, 65, pass nodes must be between 1 and 64",
        "wanspec.speculation.price, -1, price must be between 0 and 100",
        "wanspec.speculation.goal, glory, wanspec.speculation.goal must be one of economy",
        "wanspec.target.endpoint-override, http://10.0.0.1:80, must use https",
        "wanspec.workers, nonsense, wanspec.workers must be a JSON array",
        "wanspec.console, perhaps, 'wanspec.console must be local, public or none'",
        "wanspec.console, public, wanspec.access.required"
    })
    void namesTheKey(String key, String value, String message) {
        assertThatThrownBy(() -> new Stage(Map.of(key, value)).close()).hasStackTraceContaining(message);
    }

    @Test
    void workersMayBeGivenAsOneText() throws Exception {
        try (Stage stage = new Stage(
                Map.of("wanspec.workers", "[{\"id\": \"ap\", \"region\": \"ap-east-1\", \"endpoint\": \"remote\"}]"))) {
            assertThat(stage.get("/healthz").body()).contains("\"ap\"").contains("draft-region");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org", "http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"})
    void whatStaysHereOrIsEncryptedIsAllowed(String override) {
        assertThat(new EndpointAddress("r", "n", URI.create(override)).override())
                .isEqualTo(URI.create(override));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org", "http://127.evil.org", "ftp://127.0.0.1", "http://0.0.0.0"})
    void whatLeavesInClearTextIsRefused(String override) {
        assertThatThrownBy(() -> new EndpointAddress("r", "n", URI.create(override)))
                .hasMessageContaining("must use https");
    }
}
