package io.wanspec.local.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.functions.settings.EndpointAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The API's way in for workers on site. */
final class JoinApi implements AutoCloseable {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final int ANSWER_LENGTH_MAX = 64 * 1024;
    private static final String OF_THE_FIREWALL = "refused_by_firewall";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final URI join;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();

    /**
     * @param base the API's, which ends in {@code /v1}
     * @param token the secret
     */
    JoinApi(URI base, String token) {
        this.join = URI.create(base.toString().replaceAll("/+$", "") + "/wanspec/workers/join");
        this.token = token;
    }

    /** Whether a token may be sent there: in clear text only to this machine. */
    static boolean isSafe(URI base) {
        return "https".equals(base.getScheme()) || ("http".equals(base.getScheme()) && isLoopback(base.getHost()));
    }

    private static boolean isLoopback(@Nullable String host) {
        boolean literal = host != null && (host.startsWith("[") || host.matches("[0-9.]+"));
        try {
            return "localhost".equals(host)
                    || (literal && InetAddress.getByName(host).isLoopbackAddress());
        } catch (IOException e) {
            return false;
        }
    }

    JoinReply join(JoinForm form) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(join)
                .timeout(ANSWER_MAX)
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form.json()))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return reply(answer.statusCode(), answer.body());
        } catch (IOException e) {
            return new JoinReply.Later("the API cannot be reached: " + e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    static JoinReply reply(int status, String body) {
        if (status == 200 && body.length() <= ANSWER_LENGTH_MAX) {
            try {
                return joined(MAPPER.readTree(body));
            } catch (IOException | IllegalArgumentException e) {
                return new JoinReply.Later("the API's answer is not understood: " + e.getMessage());
            }
        }
        return switch (status) {
            case 400, 401, 403, 404, 405 ->
                isOfTheApi(body)
                        ? new JoinReply.Denied("the API refuses (" + status + "): " + message(body))
                        : new JoinReply.Later("what is there answers " + status + ", and is no WANSpec API now");
            default -> new JoinReply.Later("the API answers " + status + ": " + message(body));
        };
    }

    /** Whatever stands before the API may refuse for a while, in words of its own; a worker outlives that. */
    private static boolean isOfTheApi(String body) {
        String code = error(body, "code");
        return !code.isEmpty() && !code.equals(OF_THE_FIREWALL);
    }

    private static String message(String body) {
        String message = error(body, "message");
        return message.isEmpty() ? "no reason" : message.substring(0, Math.min(300, message.length()));
    }

    private static String error(String body, String field) {
        try {
            return body.length() > ANSWER_LENGTH_MAX
                    ? ""
                    : MAPPER.readTree(body).path("error").path(field).asText("");
        } catch (IOException e) {
            return "";
        }
    }

    private static JoinReply joined(JsonNode json) {
        JsonNode relay = json.path("relay");
        String url = relay.path("url").asText("");
        JsonNode keys = json.path("credentials");
        return new JoinReply.Joined(
                json.path("worker").asText(),
                json.path("site").asText(),
                json.path("slots").asInt(),
                json.path("ticket").asText(),
                Duration.ofSeconds(json.path("ticket_seconds").asInt()),
                new EndpointAddress(
                        relay.path("region").asText(),
                        relay.path("endpoint").asText(),
                        url.isEmpty() ? null : URI.create(url)),
                keys.isObject() ? Optional.of(keys(keys)) : Optional.empty());
    }

    private static JoinReply.DialKeys keys(JsonNode json) {
        return new JoinReply.DialKeys(
                json.path("access_key_id").asText(),
                json.path("secret_access_key").asText(),
                json.path("session_token").asText(),
                Instant.ofEpochSecond(json.path("expires_at").asLong()));
    }
}
