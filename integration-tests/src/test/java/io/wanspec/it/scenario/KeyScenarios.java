package io.wanspec.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.it.http.ApiClient;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What callers with keys may do, see and use. Skipped where no keys can be made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KeyScenarios {
    /** What every build asks of every deployment, a slow one too. */
    static final String MAIN = "main";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String RESPONSES = "/v1/responses";

    Deployment deployment;
    ApiClient api;
    private Optional<KeyDesk.Made> revoked = Optional.empty();

    /** Starts what is to be tested, or finds it. */
    abstract Deployment deploy() throws Exception;

    @BeforeAll
    void start() throws Exception {
        deployment = deploy();
        api = new ApiClient(deployment.gateway(), deployment.key());
        revoked = deployment.keys().map(desk -> desk.make("gone", KeyLimits.none(), PromptRegions.any()));
        if (revoked.isPresent()) {
            revokeInUse(revoked.get());
        }
    }

    /** Early, so that the other scenarios pass its time. */
    private void revokeInUse(KeyDesk.Made key) throws Exception {
        try (ApiClient mine = client(key)) {
            mine.get("/v1/models").ok();
        }
        desk().revoke(key);
    }

    @AfterAll
    void stop() throws Exception {
        if (deployment != null) {
            api.close();
            deployment.close();
        }
    }

    @Test
    @Tag(MAIN)
    void withoutAKeyNothingIsTold() throws Exception {
        desk();
        try (ApiClient nobody = new ApiClient(deployment.gateway(), Optional.empty())) {
            assertThat(nobody.get("/v1/models").status()).isEqualTo(401);
            assertThat(nobody.get("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void aRevokedKeyThatWasInUseEnds() throws Exception {
        desk();
        try (ApiClient mine = client(revoked.orElseThrow())) {
            // Half a minute at most, as documented.
            while (mine.get("/v1/models").status() == 200) {
                TimeUnit.MILLISECONDS.sleep(250);
            }
            var answer = mine.get("/v1/models");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body().at("/error/code").asText()).isEqualTo("invalid_api_key");
        }
    }

    @Test
    @Tag(MAIN)
    void whatAKeyLeavesBehindIsThereForItsOwnerAlone() throws Exception {
        try (ApiClient mine = client(key("me"));
                ApiClient mineToo = client(key("me"));
                ApiClient yours = client(key("you"))) {
            JsonNode made = mine.post(RESPONSES, asked("Mine alone")).ok().body();
            String path = RESPONSES + "/" + made.path("id").asText();
            String session =
                    "/v1/wanspec/sessions/" + made.at("/wanspec/session").asText();
            for (String each : List.of(path, path + "/input_items", session)) {
                assertThat(yours.get(each).status()).as(each).isEqualTo(404);
                assertThat(mineToo.get(each).status()).as(each).isEqualTo(200);
            }
            assertThat(yours.post(path + "/cancel", MAPPER.createObjectNode()).status())
                    .isEqualTo(404);
            assertThat(yours.delete(path).status()).isEqualTo(404);
            assertThat(mine.get(path).ok().body()).isEqualTo(made);
        }
    }

    @Test
    void beyondItsLimitAKeyIsToldWhenToComeBack() throws Exception {
        OptionalLong none = OptionalLong.empty();
        KeyLimits two = new KeyLimits(OptionalLong.of(2), none, none, none);
        try (ApiClient mine = client(desk().make("busy", two, PromptRegions.any()))) {
            // A minute may end in between: then there are two more.
            var answer = mine.post(RESPONSES, asked("Again"));
            for (int i = 0; i < 5 && answer.status() == 200; i++) {
                answer = mine.post(RESPONSES, asked("Again"));
            }
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.body().at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
            assertThat(answer.headers().firstValueAsLong("retry-after").orElseThrow())
                    .isBetween(1L, 60L);
        }
    }

    @Test
    void promptsAreSeenWhereTheirKeySaysAndNowhereElse() throws Exception {
        String target = desk().targetRegion();
        try (ApiClient kept = client(desk().make("kept", KeyLimits.none(), PromptRegions.only(List.of(target))));
                ApiClient away =
                        client(desk().make("away", KeyLimits.none(), PromptRegions.only(List.of("nowhere"))))) {
            JsonNode made = kept.post(RESPONSES, asked("Stay here")).ok().body();
            assertThat(made.at("/wanspec/ledger/remoteDraftPasses").asInt(-1)).isZero();
            var refused = away.post(RESPONSES, asked("Stay here"));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body().at("/error/code").asText()).isEqualTo("region_not_allowed");
        }
    }

    private KeyDesk.Made key(String owner) {
        return desk().make(owner, KeyLimits.none(), PromptRegions.any());
    }

    private KeyDesk desk() {
        assumeTrue(
                deployment.keys().isPresent(),
                "access cannot be switched on here: no keys are made by this deployment");
        return deployment.keys().orElseThrow();
    }

    private ApiClient client(KeyDesk.Made key) {
        return new ApiClient(deployment.gateway(), Optional.of(key.secret()));
    }

    private ObjectNode asked(String input) {
        return MAPPER.createObjectNode()
                .put("model", deployment.model())
                .put("input", input)
                .put("max_output_tokens", 12)
                .put("seed", 7);
    }
}
