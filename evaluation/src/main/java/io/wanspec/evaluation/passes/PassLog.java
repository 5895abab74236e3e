package io.wanspec.evaluation.passes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.local.launch.Cloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks a cloud's model servers what their passes took since a moment. */
public final class PassLog {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Map<String, URI> servers;
    private final Map<String, PassCount> before;

    private PassLog(Map<String, URI> servers) throws IOException, InterruptedException {
        this.servers = servers;
        before = ask();
    }

    /** Counts from now on. */
    public static PassLog begin(Cloud cloud) throws IOException, InterruptedException {
        return new PassLog(cloud.modelServers());
    }

    /** By server and size. */
    public List<PassCount> end() throws IOException, InterruptedException {
        List<PassCount> counts = new ArrayList<>();
        ask().forEach((key, now) -> {
            PassCount earlier = before.get(key);
            PassCount since = earlier == null ? now : now.minus(earlier);
            if (since.passes() > 0) {
                counts.add(since);
            }
        });
        return counts;
    }

    private Map<String, PassCount> ask() throws IOException, InterruptedException {
        Map<String, PassCount> counts = new TreeMap<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (Map.Entry<String, URI> server : servers.entrySet()) {
                HttpRequest get = HttpRequest.newBuilder(server.getValue().resolve("/passes"))
                        .timeout(LIMIT)
                        .build();
                for (JsonNode each :
                        JSON.readTree(http.send(get, BodyHandlers.ofString()).body())) {
                    PassCount count = read(server.getKey(), each);
                    counts.put(String.format("%s %03d", count.server(), count.tokens()), count);
                }
            }
        }
        return counts;
    }

    private static PassCount read(String server, JsonNode json) {
        return new PassCount(
                server,
                json.path("tokens").asInt(),
                json.path("passes").asLong(),
                json.path("late").asLong(),
                json.path("ownMs").asDouble(),
                json.path("paddedMs").asDouble());
    }
}
