package io.wanspec.functions.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponseV1;
import io.micronaut.context.ApplicationContextBuilder;
import io.wanspec.functions.access.KeySecret;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** <i>authorizer</i>: checks bearer keys for API Gateway, of type TOKEN or REQUEST. */
public final class AuthorizerFunction extends SnapshotHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponseV1> {
    private static final String HEADER = "authorization";

    @Inject
    @Nullable
    Authorizer authorizer;

    @Override
    public IamPolicyResponseV1 execute(APIGatewayCustomAuthorizerEvent event) {
        return Injected.of(authorizer).decide(authorization(event), event.getMethodArn());
    }

    /** Asks for a key that nobody has, and is refused. */
    @Override
    void rehearse() {
        var nobodys = KeySecret.draw(new SecureRandom());
        try {
            Injected.of(authorizer).decide(Optional.of("Bearer " + nobodys.reveal()), "rehearsal/prod/GET/");
        } catch (IllegalStateException refused) {
            // As it should be; if it was the table that failed, the log has it.
        }
    }

    /** A TOKEN authorizer is given the header alone, a REQUEST authorizer all of them, in whatever case they came. */
    static Optional<String> authorization(APIGatewayCustomAuthorizerEvent event) {
        if (event.getAuthorizationToken() != null) {
            return Optional.of(event.getAuthorizationToken());
        }
        return Optional.ofNullable(event.getHeaders()).orElse(Map.of()).entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(HEADER))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    protected ApplicationContextBuilder newApplicationContextBuilder() {
        return LambdaContexts.builder();
    }
}
