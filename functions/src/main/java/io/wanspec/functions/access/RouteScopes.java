package io.wanspec.functions.access;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Which scope opens which route. A route that is not known here needs all that a usual key has. */
public final class RouteScopes {
    private static final Set<String> PUBLIC =
            Set.of("/", "/healthz", "/health", "/livez", "/version", "/openapi.json", "/favicon.ico");
    /** Whoever comes to these shows a worker's token, also where no keys are asked for. */
    public static final String WORKERS = "/v1/wanspec/workers";

    /** A page with its files, which are the same for everybody; what it shows it asks for with a key. */
    private static final String CONSOLE = "/console";

    private static final Set<String> UNCOUNTED = Set.of("GET", "HEAD", "OPTIONS");

    private RouteScopes() {}

    /** Whether no key is asked for: what says nothing of callers, and the question that browsers ask first. */
    public static boolean isPublic(String method, String path) {
        return method.equals("OPTIONS")
                || (UNCOUNTED.contains(method) && (PUBLIC.contains(path) || isUnder(path, CONSOLE)));
    }

    /** Whether a request counts against its key's requests: what makes or changes something does. */
    public static boolean isCounted(String method) {
        return !UNCOUNTED.contains(method);
    }

    /** The scope that a caller lacks, if he lacks one. */
    static Optional<Scope> lacking(String path, Set<Scope> granted) {
        // With a slash at the end the router takes it for the same route.
        if (isUnder(path, "/metrics")) {
            return lackingAll(granted, EnumSet.of(Scope.METRICS));
        }
        if (path.equals("/v1/chat/completions") || path.equals("/v1/completions")) {
            return lackingAll(granted, EnumSet.of(Scope.INFERENCE));
        }
        if (isUnder(path, WORKERS)) {
            return lackingAll(granted, EnumSet.of(Scope.WORKER));
        }
        if (isUnder(path, "/v1/responses")) {
            return lackingAll(granted, EnumSet.of(Scope.RESPONSES));
        }
        if (isUnder(path, "/v1/models")
                || isUnder(path, "/v1/wanspec/sessions")
                || isUnder(path, "/v1/wanspec/placement")) {
            boolean either = granted.contains(Scope.INFERENCE) || granted.contains(Scope.RESPONSES);
            return either ? Optional.empty() : Optional.of(Scope.INFERENCE);
        }
        return lackingAll(granted, Scope.usual());
    }

    private static boolean isUnder(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }

    private static Optional<Scope> lackingAll(Set<Scope> granted, Set<Scope> wanted) {
        return wanted.stream()
                .filter(scope -> !granted.contains(scope))
                .sorted()
                .findFirst();
    }
}
