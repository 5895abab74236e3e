package io.wanspec.functions;

import io.wanspec.testing.ReservedPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The functions as a process of their own, before the models of a stage, to be killed. */
final class KilledFunction implements AutoCloseable {
    private final Process process;
    private final int port;

    private KilledFunction(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param settings beside those of the endpoints */
    static KilledFunction start(Stage stage, Map<String, Object> settings) throws IOException, InterruptedException {
        int port = ReservedPort.take();
        String uri = stage.sageMaker.uri().toString();
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "PORT", String.valueOf(port),
                "WANSPEC_TARGET_REGION", "us-east-1",
                "WANSPEC_TARGET_ENDPOINT", "target",
                "WANSPEC_TARGET_ENDPOINT_OVERRIDE", uri));
        settings.forEach((key, value) ->
                environment.put(key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value.toString()));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WanSpecFunctions.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        var function = new KilledFunction(builder.start(), port);
        function.awaitReady(stage);
        return function;
    }

    private void awaitReady(Stage stage) throws InterruptedException {
        HttpRequest health = HttpRequest.newBuilder(uri("/healthz")).build();
        for (int i = 0; i < 1_200 && process.isAlive(); i++) {
            try {
                if (stage.client
                                .send(health, HttpResponse.BodyHandlers.ofString())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // Its port is not open.
            }
            Thread.sleep(50);
        }
        close();
        throw new IllegalStateException("the function did not start");
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** At once, by a signal that nobody hears. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
