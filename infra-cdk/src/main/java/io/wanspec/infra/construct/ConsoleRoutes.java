package io.wanspec.infra.construct;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.apigateway.AuthorizationType;
import software.amazon.awscdk.services.apigateway.Integration;
import software.amazon.awscdk.services.apigateway.MethodDeploymentOptions;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import software.amazon.awscdk.services.apigateway.Resource;
import software.amazon.awscdk.services.apigateway.RestApi;

/**
 * The two routes that need no key: the console's page, and a file beside it. GET alone; other methods, and what lies deeper, are the
 * API's, where the authorizer is asked first. Whoever calls them pays nothing, so that few calls are let through.
 */
public final class ConsoleRoutes {
    /** Of the page. */
    public static final Limit PAGES = new Limit(1, 5);

    /** A browser asks for 14 of them together: two readers may come at once, and another one every seven seconds. */
    public static final Limit FILES = new Limit(2, 28);

    private static final String PAGE = "console";

    /** One segment: no greedy route, which would also take what other routes refuse. */
    private static final String FILE = "{file}";

    /**
     * What API Gateway lets through, about.
     *
     * @param burst at once
     */
    public record Limit(int perSecond, int burst) {}

    private ConsoleRoutes() {}

    static void add(RestApi rest, Integration function) {
        Resource page = rest.getRoot().addResource(PAGE);
        open(page, function);
        open(page.addResource(FILE), function);
    }

    private static void open(Resource resource, Integration function) {
        MethodOptions withoutKey = MethodOptions.builder()
                .authorizationType(AuthorizationType.NONE)
                .build();
        Reason.accept(resource.addMethod("GET", function, withoutKey), Reason.NO_KEY_YET);
    }

    /** What the stage says of a method takes the place of all that it says of every one. */
    static Map<String, MethodDeploymentOptions> limits() {
        // In the same order each time, so that templates are.
        Map<String, MethodDeploymentOptions> limits = new TreeMap<>();
        limits.put("/" + PAGE + "/GET", limited(PAGES));
        limits.put("/" + PAGE + "/" + FILE + "/GET", limited(FILES));
        return limits;
    }

    private static MethodDeploymentOptions limited(Limit limit) {
        return MethodDeploymentOptions.builder()
                .throttlingRateLimit(limit.perSecond())
                .throttlingBurstLimit(limit.burst())
                .loggingLevel(MethodLoggingLevel.ERROR)
                .dataTraceEnabled(false)
                .metricsEnabled(true)
                .build();
    }
}
