package io.wanspec.it.lambda;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.testing.ReservedPort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** <i>api</i>'s zip and the real Web Adapter, two processes of one environment, under a stand-in of the Runtime API. */
final class WebFunction implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LIMIT_MILLIS = 60_000;

    private final RuntimeApi api;
    private final Process server;
    private final Process adapter;

    WebFunction(Path adapterProgram, Path folder, Map<String, String> settings) throws IOException {
        api = RuntimeApi.open();
        String port = String.valueOf(ReservedPort.take());
        server = start(List.of(folder.resolve("run.sh").toString()), settings, folder, port);
        adapter = start(List.of(adapterProgram.toString()), settings, folder, port);
        // Whoever waits for an answer hears of it.
        api.failWith(server);
        api.failWith(adapter);
    }

    private Process start(List<String> command, Map<String, String> settings, Path folder, String port)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(settings);
        builder.environment().putAll(api.environment());
        builder.environment().put("LAMBDA_TASK_ROOT", folder.toString());
        builder.environment().put("AWS_LWA_PORT", port);
        builder.environment().put("AWS_LWA_READINESS_CHECK_PATH", "/livez");
        builder.environment().put("AWS_LWA_INVOKE_MODE", "response_stream");
        return builder.start();
    }

    RuntimeApi.Invocation get(String path) {
        return api.invoke(event("GET", path, ""), LIMIT_MILLIS);
    }

    RuntimeApi.Invocation post(String path, String body) {
        return api.invoke(event("POST", path, body), LIMIT_MILLIS);
    }

    /** As API Gateway's REST APIs make it. */
    private static byte[] event(String method, String path, String body) {
        ObjectNode event = MAPPER.createObjectNode();
        event.put("resource", "/{proxy+}").put("path", path).put("httpMethod", method);
        event.putObject("headers").put("Host", "localhost").put("Content-Type", "application/json");
        event.putObject("multiValueHeaders").putArray("Content-Type").add("application/json");
        event.putObject("pathParameters").put("proxy", path.substring(1));
        event.putNull("queryStringParameters").putNull("multiValueQueryStringParameters");
        event.putNull("stageVariables");
        ObjectNode context = event.putObject("requestContext");
        context.put("accountId", "123456789012").put("apiId", "api").put("httpMethod", method);
        context.put("path", "/prod" + path).put("protocol", "HTTP/1.1").put("requestId", "request");
        context.put("resourcePath", "/{proxy+}").put("stage", "prod");
        context.putObject("identity").put("sourceIp", "127.0.0.1");
        event.put("body", body).put("isBase64Encoded", false);
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        adapter.destroyForcibly();
        server.destroyForcibly();
        adapter.onExit().join();
        server.onExit().join();
        api.close();
    }
}
