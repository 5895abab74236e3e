package io.wanspec.functions.settings;

import io.micronaut.core.value.PropertyResolver;
import java.util.Map;

/** Whether Lambda runs this process: then it stands still between two requests, and a gateway chooses its callers. */
public final class LambdaHost {
    /** Lambda sets it for each function, and nobody else may. */
    private static final String FUNCTION_NAME = "AWS_LAMBDA_FUNCTION_NAME";

    /** The same as Micronaut reads it. */
    private static final String PROPERTY = "aws.lambda.function.name";

    private LambdaHost() {}

    public static boolean isIn(Map<String, String> environment) {
        return environment.containsKey(FUNCTION_NAME);
    }

    public static boolean isIn(PropertyResolver configuration) {
        return configuration.containsProperty(PROPERTY);
    }
}
