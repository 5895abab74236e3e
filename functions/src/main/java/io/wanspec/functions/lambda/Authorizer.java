package io.wanspec.functions.lambda;

import com.amazonaws.services.lambda.runtime.events.IamPolicyResponseV1;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponseV1.PolicyDocument;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponseV1.Statement;
import io.wanspec.functions.access.AccessKey;
import io.wanspec.functions.access.CallerContext;
import io.wanspec.functions.access.KeyVerdict;
import io.wanspec.functions.access.KeyVerifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What API Gateway is told of a bearer key. The gateway remembers a policy by its key for {@link #RESULT_TTL} and uses it for all
 * routes: so a policy allows the whole stage, and the API itself looks at scopes. An unknown key gets no policy at all, which the
 * gateway answers with 401 and does not remember; one that was revoked or has expired gets one that denies, so that a client that
 * goes on with it does not wake this function each time.
 */
public final class Authorizer {
    /**
     * What the gateway's {@code authorizerResultTtlInSeconds} has to be: how long a revoked key lives. The verifier remembers no
     * key itself, so that nothing comes on top.
     */
    public static final Duration RESULT_TTL = Duration.ofSeconds(30);

    /** What the gateway's {@code identityValidationExpression} has to be: it refuses what is no key without a call. */
    public static final String IDENTITY_FORM = "^[Bb]earer wsk_[0-9a-z]{12}_[0-9A-Za-z]{49}$";

    private static final String INVOKE = "execute-api:Invoke";
    private static final int STAGE_PARTS = 2;

    private final KeyVerifier keys;

    public Authorizer(KeyVerifier keys) {
        this.keys = keys;
    }

    /**
     * @param authorization the header
     * @param methodArn of the method that is called: {@code arn:aws:execute-api:region:account:api/stage/METHOD/path}
     * @throws IllegalStateException {@code Unauthorized}, which the gateway knows and answers with 401; any other message is a 500
     */
    IamPolicyResponseV1 decide(Optional<String> authorization, String methodArn) {
        return switch (keys.verify(authorization)) {
            case KeyVerdict.Valid(var key) -> allow(key, methodArn);
            case KeyVerdict.Ended(var key, var _) -> policy(key.id(), "Deny", methodArn, Map.of());
            case KeyVerdict.Refused refused -> throw new IllegalStateException("Unauthorized");
            case KeyVerdict.Undecided(var why) -> throw new IllegalStateException("keys cannot be checked now: " + why);
        };
    }

    private static IamPolicyResponseV1 allow(AccessKey key, String methodArn) {
        return policy(key.id(), "Allow", methodArn, Map.copyOf(CallerContext.write(key.caller())));
    }

    private static IamPolicyResponseV1 policy(
            String principal, String effect, String methodArn, Map<String, Object> context) {
        var statement = Statement.builder()
                .withAction(INVOKE)
                .withEffect(effect)
                .withResource(List.of(stage(methodArn) + "/*"))
                .build();
        var document = PolicyDocument.builder()
                .withVersion("2012-10-17")
                .withStatement(List.of(statement))
                .build();
        return IamPolicyResponseV1.builder()
                .withPrincipalId(principal)
                .withPolicyDocument(document)
                .withContext(context)
                .build();
    }

    /** Of the ARN what names API and stage. */
    private static String stage(String methodArn) {
        String[] parts = methodArn.split("/", -1);
        if (parts.length < STAGE_PARTS + 1) {
            throw new IllegalArgumentException("'" + methodArn + "' is no method of an API");
        }
        return parts[0] + "/" + parts[1];
    }
}
