package io.wanspec.it.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.functions.lambda.Authorizer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/**
 * A REST API of API Gateway's in the AWS emulator: everything goes to the function <i>api</i>, once <i>authorizer</i> has agreed.
 * Its calls are too few to be worth their SDK.
 */
final class RestApi implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String STAGE = "prod";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI emulator;
    private final String region;
    private final String id;

    RestApi(URI emulator, String region) throws IOException, InterruptedException {
        this.emulator = emulator;
        this.region = region;
        id = make("POST", "/restapis", Map.of("name", "wanspec")).path("id").asText();
        String root = make("GET", "/restapis/" + id + "/resources", Map.of())
                .at("/item/0/id")
                .asText();
        String rest = make("POST", "/restapis/" + id + "/resources/" + root, Map.of("pathPart", "{proxy+}"))
                .path("id")
                .asText();
        String method = "/restapis/" + id + "/resources/" + rest + "/methods/ANY";
        make("PUT", method, Map.of("authorizationType", "CUSTOM", "authorizerId", authorizer()));
        make(
                "PUT",
                method + "/integration",
                Map.of("type", "AWS_PROXY", "httpMethod", "POST", "uri", invocationsOf("api")));
        make("POST", "/restapis/" + id + "/deployments", Map.of("stageName", STAGE));
    }

    /** As docs/access.md says that it is to be made. */
    private String authorizer() throws IOException, InterruptedException {
        return make(
                        "POST",
                        "/restapis/" + id + "/authorizers",
                        Map.of(
                                "name",
                                "keys",
                                "type",
                                "TOKEN",
                                "authorizerUri",
                                invocationsOf("authorizer"),
                                "identitySource",
                                "method.request.header.Authorization",
                                "identityValidationExpression",
                                Authorizer.IDENTITY_FORM,
                                "authorizerResultTtlInSeconds",
                                Authorizer.RESULT_TTL.toSeconds()))
                .path("id")
                .asText();
    }

    private String invocationsOf(String function) {
        return "arn:aws:apigateway:" + region + ":lambda:path/2015-03-31/functions/arn:aws:lambda:" + region
                + ":000000000000:function:" + function + "/invocations";
    }

    private JsonNode make(String method, String path, Map<String, ?> what) throws IOException, InterruptedException {
        var body = what.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(MAPPER.writeValueAsString(what));
        var answer = http.send(
                HttpRequest.newBuilder(emulator.resolve(path))
                        .timeout(LIMIT)
                        .header("content-type", "application/json")
                        // The emulator takes service and region from here, and checks no signature.
                        .header(
                                "authorization",
                                "AWS4-HMAC-SHA256 Credential=local/20260101/" + region
                                        + "/apigateway/aws4_request, SignedHeaders=host, Signature=none")
                        .method(method, body)
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return MAPPER.readTree(answer.body());
    }

    HttpResponse<String> get(String path, String authorization) throws IOException, InterruptedException {
        return http.send(client(path, authorization).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String authorization, String body) throws IOException, InterruptedException {
        return http.send(
                client(path, authorization)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder client(String path, String authorization) {
        return HttpRequest.newBuilder(emulator.resolve("/_aws/execute-api/" + id + "/" + STAGE + path))
                .timeout(LIMIT)
                .header("authorization", authorization);
    }

    @Override
    public void close() {
        http.close();
    }
}
