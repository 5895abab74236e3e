package io.wanspec.it.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.it.LookedAtJvm;
import io.wanspec.testing.ReservedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A function without HTTP as it is deployed: its own zip, started as Lambda starts it, in a process of its own. */
final class HandlerFunction implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LIMIT_MILLIS = 60_000;
    private static final int STARTS_MAX = 3;

    private final Process process;
    private final Calls calls;
    private final Runnable closeHost;

    /** How events reach it. */
    private interface Calls {
        String call(String event) throws IOException, InterruptedException;
    }

    private HandlerFunction(Process process, Calls calls, Runnable closeHost) {
        this.process = process;
        this.calls = calls;
        this.closeHost = closeHost;
    }

    /** Under a stand-in of Lambda's Runtime API. */
    static HandlerFunction start(String name, Path folder, Map<String, String> settings) throws IOException {
        return start(name, folder, settings, RuntimeApi.open());
    }

    /** @param api closed with the function */
    static HandlerFunction start(String name, Path folder, Map<String, String> settings, RuntimeApi api)
            throws IOException {
        FunctionZip.unpack(name, folder);
        ProcessBuilder command = command(name, folder, settings);
        command.environment().putAll(api.environment());
        Process process = command.start();
        api.failWith(process);
        return new HandlerFunction(
                process,
                event -> new String(
                        api.invoke(event.getBytes(UTF_8), LIMIT_MILLIS).rest(), UTF_8),
                api::close);
    }

    /** Under the real Runtime Interface Emulator. One that ends before it listens found its port taken: it is started again. */
    static HandlerFunction startUnderEmulator(Path emulator, String name, Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        FunctionZip.unpack(name, folder);
        for (int i = 0; i < STARTS_MAX; i++) {
            int port = ReservedPort.take();
            Process process = emulated(emulator, port, name, folder, settings).start();
            if (listens(process, port)) {
                HttpClient client = HttpClient.newHttpClient();
                URI invocations = URI.create("http://127.0.0.1:" + port + "/2015-03-31/functions/function/invocations");
                return new HandlerFunction(process, event -> post(client, invocations, event), client::close);
            }
        }
        throw new IOException("the Runtime Interface Emulator does not start");
    }

    private static boolean listens(Process process, int port) throws InterruptedException {
        while (process.isAlive()) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        return false;
    }

    private static ProcessBuilder emulated(
            Path emulator, int port, String name, Path folder, Map<String, String> settings) throws IOException {
        ProcessBuilder command = command(name, folder, settings);
        command.environment().put("AWS_LAMBDA_FUNCTION_TIMEOUT", String.valueOf(LIMIT_MILLIS / 1000));
        command.command(
                emulator.toString(),
                "--runtime-interface-emulator-address",
                "127.0.0.1:" + port,
                "--runtime-api-address",
                "127.0.0.1:" + ReservedPort.take(),
                folder.resolve("bootstrap").toString(),
                handler(name));
        return command;
    }

    private static ProcessBuilder command(String name, Path folder, Map<String, String> settings) {
        ProcessBuilder command = new ProcessBuilder(folder.resolve("bootstrap").toString()).inheritIO();
        command.environment().putAll(settings);
        command.environment().put("LAMBDA_TASK_ROOT", folder.toString());
        command.environment().put("_HANDLER", handler(name));
        return command;
    }

    private static String handler(String name) {
        return "io.wanspec.functions.lambda."
                + name.substring(0, 1).toUpperCase(Locale.ROOT)
                + name.substring(1)
                + "Function";
    }

    private static String post(HttpClient client, URI uri, String event) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    /** What it answers; what it reports as its error is an object with {@code errorMessage}. */
    JsonNode call(String event) throws IOException, InterruptedException {
        return MAPPER.readTree(calls.call(event));
    }

    /** Of the function's process, virtual ones included. */
    List<String> threadNames() throws IOException, InterruptedException {
        ProcessHandle java = process.descendants().findFirst().orElse(process.toHandle());
        return LookedAtJvm.at(java).threadNames();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        closeHost.run();
    }
}
