package io.wanspec.functions.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.functions.access.Gatekeeper.Entry;
import io.wanspec.functions.settings.AccessSettings;
import io.wanspec.functions.settings.AccessSettings.Mode;
import io.wanspec.functions.settings.PromptRegions;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is let in where. */
class GatekeeperTest {
    private final KeySecret secret = KeySecret.draw(Keys.RANDOM);

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/chat/completions, inference, true",
        "POST, /v1/chat/completions, responses, false",
        "POST, /v1/completions, inference, true",
        "POST, /v1/responses, inference, false",
        "POST, /v1/responses, responses, true",
        "GET, /v1/responses/resp_1/input_items, responses, true",
        "GET, /v1/models, responses, true",
        "GET, /v1/models, metrics, false",
        "GET, /v1/wanspec/sessions/s, inference, true",
        "GET, /v1/wanspec/sessions/s, metrics, false",
        "GET, /metrics, metrics, true",
        "GET, /metrics, inference, false",
        "GET, /metrics/, metrics, true",
        "GET, /metrics/, inference, false",
        "POST, /v1/%63hat/completions, metrics, false",
        "POST, /v1/%63hat/completions, responses, false",
        "GET, /unknown, metrics, false",
    })
    void aScopeOpensItsRoutesAndNoOthers(String method, String path, String scope, boolean open) {
        Entry entry = keeper(EnumSet.of(Scope.find(scope).orElseThrow())).enter(method, path, bearer(), List.of());
        assertThat(entry).isInstanceOf(open ? Entry.Admitted.class : Entry.Forbidden.class);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /healthz, true",
        "HEAD, /healthz, true",
        "POST, /healthz, false",
        "GET, /, true",
        "GET, /openapi.json, true",
        "GET, /console, true",
        "GET, /console/console.js, true",
        "HEAD, /console, true",
        "POST, /console, false",
        "GET, /consoles, false",
        "OPTIONS, /v1/chat/completions, true",
        "GET, /v1/models, false",
        "GET, /metrics, false",
        "GET, /anything, false"
    })
    void whatSaysNothingOfCallersIsPublic(String method, String path, boolean open) {
        Entry entry = keeper(Scope.usual()).enter(method, path, Optional.empty(), List.of());
        assertThat(entry).isInstanceOf(open ? Entry.Public.class : Entry.Unknown.class);
    }

    @Test
    void aGatewaysWordIsNotTakenWhereKeysAreChecked() {
        Caller forged = Keys.usual(secret, "victim").caller();
        assertThat(keeper(Scope.usual()).enter("GET", "/v1/models", Optional.empty(), List.of(context(forged))))
                .isEqualTo(new Entry.Unknown(KeyVerdict.Reason.MISSING));
    }

    @Test
    void whereTheGatewayIsTrustedItsCallerIsTaken() {
        Caller caller = Keys.of(
                        secret,
                        "team",
                        EnumSet.of(Scope.INFERENCE),
                        Keys.limits(60, 0, 1_000_000, 4),
                        PromptRegions.only(Set.of("us-east-1", "on-site")))
                .caller();
        Gatekeeper gatekeeper = Gatekeeper.trustingGateway();
        assertThat(gatekeeper.enter("POST", "/v1/completions", Optional.empty(), List.of(context(caller))))
                .isEqualTo(new Entry.Admitted(caller));
        assertThat(gatekeeper.enter("POST", "/v1/responses", Optional.empty(), List.of(context(caller))))
                .isEqualTo(new Entry.Forbidden(Scope.RESPONSES));
        assertThat(gatekeeper.enter(
                        "POST", "/v1/completions", Optional.empty(), List.of(context(caller), context(caller))))
                .as("of two headers one could be a client's")
                .isInstanceOf(Entry.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "no json", "{\"authorizer\": {}}", "{\"authorizer\": {\"wanspecCaller\": \"a\"}}", "[]"})
    void halfAWordIsNone(String header) {
        assertThat(Gatekeeper.trustingGateway().enter("GET", "/v1/models", bearer(), List.of(header)))
                .isInstanceOf(Entry.Unknown.class);
        assertThat(Gatekeeper.trustingGateway().enter("GET", "/v1/models", bearer(), List.of()))
                .as("a key alone is not looked at: the authorizer did")
                .isInstanceOf(Entry.Unknown.class);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void onLoopbackEveryModeIsFine(Mode mode) {
        AccessSettings settings = new AccessSettings(mode);
        for (String host : List.of("127.0.0.1", "localhost", "[::1]", "127.0.0.9")) {
            assertThat(settings.checkedFor(host, false)).isSameAs(settings);
        }
    }

    @Test
    void noServerIsOpenToOthersByMistake() {
        for (String host : List.of("0.0.0.0", "10.0.0.1", "::", "example.org", "")) {
            assertThatThrownBy(() -> new AccessSettings(Mode.OPEN).checkedFor(host, false))
                    .hasMessageContaining("wanspec.access.required");
            assertThatThrownBy(() -> new AccessSettings(Mode.GATEWAY).checkedFor(host, true))
                    .hasMessageContaining("trust-gateway");
            new AccessSettings(Mode.OPEN).checkedFor(host, true);
            new AccessSettings(Mode.KEYS).checkedFor(host, false);
        }
    }

    @Test
    void ownersReachTheirOwnAndNothingElse() {
        Caller one = Keys.usual(secret, "one").caller();
        Ownership ownership = Ownership.of(Optional.of(one));
        assertThat(ownership.reaches(Keys.usual(KeySecret.draw(Keys.RANDOM), "one")
                        .caller()
                        .id()
                        .value()))
                .as("another key of the same owner")
                .isTrue();
        assertThat(ownership.reaches(Keys.usual(secret, "two").caller().id().value()))
                .isFalse();
        assertThat(ownership.reaches(Ownership.nobody().owner())).isFalse();
        assertThat(Ownership.nobody().reaches(one.id().value())).isFalse();
        assertThat(Ownership.of(Optional.empty()).reaches("-")).isTrue();
    }

    private Gatekeeper keeper(Set<Scope> scopes) {
        AccessKey key = Keys.of(secret, "team", scopes, KeyLimits.none(), PromptRegions.any());
        return Gatekeeper.of(KeyVerifier.caching(
                hash -> Optional.of(key).filter(known -> known.hash().equals(hash)), Clock.systemUTC()));
    }

    private Optional<String> bearer() {
        return Optional.of("Bearer " + secret.reveal());
    }

    private static String context(Caller caller) {
        return new JsonMapper()
                .valueToTree(Map.of("requestId", "r", "authorizer", CallerContext.write(caller)))
                .toString();
    }
}
