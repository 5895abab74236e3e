package io.wanspec.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponseV1;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.functions.access.CallerContext;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.KeyStore;
import io.wanspec.functions.access.KeyVerifier;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.table.TableModel;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What API Gateway is told of keys. */
class AuthorizerTest {
    private static final String METHOD =
            "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/POST/v1/chat/completions";

    private final KeyStore store = new KeyStore(new TableModel(Clock.systemUTC()));
    private final Authorizer authorizer = new Authorizer(KeyVerifier.asking(store, Clock.systemUTC()));
    private final KeySecret secret = KeySecret.draw(Keys.RANDOM);

    @Test
    void aKeyOpensTheWholeStageBecauseTheGatewayRemembersThePolicy() {
        store.create(Keys.usual(secret, "team"));
        JsonNode answer = json(decide(secret));
        assertThat(answer.path("principalId").asText()).isEqualTo(secret.id());
        assertThat(answer.at("/policyDocument/Version").asText()).isEqualTo("2012-10-17");
        JsonNode statement = answer.at("/policyDocument/Statement/0");
        assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
        assertThat(statement.path("Action").asText()).isEqualTo("execute-api:Invoke");
        assertThat(statement.at("/Resource/0").asText())
                .isEqualTo("arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/*");
    }

    @Test
    void theCallerGoesOnToTheApiAndTheSecretDoesNot() {
        store.create(Keys.usual(secret, "team"));
        JsonNode answer = json(decide(secret));
        Map<String, String> context = new HashMap<>();
        answer.path("context")
                .properties()
                .forEach(e -> context.put(e.getKey(), e.getValue().asText()));
        assertThat(CallerContext.read(context))
                .contains(Keys.usual(secret, "team").caller());
        assertThat(answer.toString())
                .doesNotContain(secret.reveal().substring(17))
                .doesNotContain(secret.hash());
    }

    @Test
    void whatIsNoKeyIsUnauthorizedInTheWordThatTheGatewayKnows() {
        assertThatThrownBy(() -> decide(secret)).hasMessage("Unauthorized");
        assertThatThrownBy(() -> authorizer.decide(Optional.empty(), METHOD)).hasMessage("Unauthorized");
        assertThatThrownBy(() -> authorizer.decide(Optional.of("Bearer sk-1"), METHOD))
                .hasMessage("Unauthorized");
    }

    @Test
    void aRevokedKeyIsDeniedAtOnce() {
        store.create(Keys.usual(secret, "team"));
        assertThat(effect(decide(secret))).isEqualTo("Allow");
        store.revoke(secret.id(), Instant.now());
        assertThat(effect(decide(secret))).isEqualTo("Deny");
        assertThat(json(decide(secret)).path("context")).isEmpty();
    }

    @Test
    void aTableThatDoesNotAnswerIsNoAnswerToo() {
        var broken = new Authorizer(KeyVerifier.asking(
                hash -> {
                    throw new IllegalStateException("no table");
                },
                Clock.systemUTC()));
        assertThatThrownBy(() -> broken.decide(Optional.of("Bearer " + secret.reveal()), METHOD))
                .hasMessageContaining("cannot be checked");
    }

    @Test
    void bothTypesOfAuthorizerAreRead() {
        var token = new APIGatewayCustomAuthorizerEvent();
        token.setAuthorizationToken("Bearer a");
        var request = new APIGatewayCustomAuthorizerEvent();
        request.setHeaders(Map.of("AUTHORIZATION", "Bearer b"));
        assertThat(AuthorizerFunction.authorization(token)).contains("Bearer a");
        assertThat(AuthorizerFunction.authorization(request)).contains("Bearer b");
        assertThat(AuthorizerFunction.authorization(new APIGatewayCustomAuthorizerEvent()))
                .isEmpty();
    }

    @Test
    void theGatewaysOwnCheckLetsKeysPass() {
        Pattern form = Pattern.compile(Authorizer.IDENTITY_FORM);
        assertThat(form.matcher("Bearer " + secret.reveal()).matches()).isTrue();
        assertThat(form.matcher("Bearer " + secret.reveal() + " ").matches()).isFalse();
        assertThat(form.matcher("Bearer sk-1").matches()).isFalse();
    }

    private IamPolicyResponseV1 decide(KeySecret key) {
        return authorizer.decide(Optional.of("Bearer " + key.reveal()), METHOD);
    }

    private static String effect(IamPolicyResponseV1 answer) {
        return json(answer).at("/policyDocument/Statement/0/Effect").asText();
    }

    private static JsonNode json(IamPolicyResponseV1 answer) {
        return new JsonMapper().valueToTree(answer);
    }
}
