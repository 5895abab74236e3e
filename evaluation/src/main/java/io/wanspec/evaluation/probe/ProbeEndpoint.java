package io.wanspec.evaluation.probe;

import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An OpenAI-compatible endpoint.
 *
 * @param name in the log and the report
 * @param region a label: one of AWS's, if its own hours are to be shown
 * @param base up to {@code /v1}, which is part of it
 */
record ProbeEndpoint(String name, String region, URI base, String model, ProbeKey key) {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    ProbeEndpoint {
        if (!LABEL.matcher(name).matches() || !LABEL.matcher(region).matches()) {
            throw new IllegalArgumentException("'" + name + "' and '" + region
                    + "' must be letters, digits, dots, hyphens and underscores, 64 at most");
        }
        if (model.isBlank() || model.length() > 256) {
            throw new IllegalArgumentException("names no model, or one that is longer than 256 characters");
        }
        // A name that is none, such as my_host, is no host.
        String host = Objects.requireNonNullElse(base.getHost(), "");
        boolean encrypted = "https".equals(base.getScheme());
        boolean here = "http".equals(base.getScheme()) && LOOPBACK.contains(host);
        if (host.isEmpty() || base.getUserInfo() != null || base.getQuery() != null || !(encrypted || here)) {
            throw new IllegalArgumentException(
                    "must be at an https address such as https://api.example.com/v1, or at http://127.0.0.1");
        }
    }

    ProbePlan.Asked asked() {
        return new ProbePlan.Asked(name, region, base.toString(), model);
    }

    URI completions() {
        String path = base.toString();
        return URI.create((path.endsWith("/") ? path : path + "/") + "chat/completions");
    }

    int port() {
        return base.getPort() >= 0 ? base.getPort() : "https".equals(base.getScheme()) ? 443 : 80;
    }
}
