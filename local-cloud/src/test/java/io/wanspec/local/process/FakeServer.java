package io.wanspec.local.process;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Stands for the model server where processes are tested: same options as far as they matter, no model. */
public final class FakeServer {
    private FakeServer() {}

    /** Takes {@code --port N}, and {@code --fail}, {@code --fail-if FILE}, {@code --mute} or {@code --deaf} to misbehave. */
    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) throws Exception {
        var options = Arrays.asList(arguments);
        boolean failsNow =
                options.contains("--fail-if") && Files.exists(Path.of(options.get(options.indexOf("--fail-if") + 1)));
        if (options.contains("--fail") || failsNow) {
            System.err.println("no such model");
            System.exit(3);
        }
        if (options.contains("--deaf")) {
            // Ignores that it is asked to end.
            Runtime.getRuntime().addShutdownHook(new Thread(FakeServer::sleep));
        }
        int port = Integer.parseInt(options.get(options.indexOf("--port") + 1));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/ping", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        System.out.println("loading");
        if (!options.contains("--mute")) {
            System.out.println("{\"event\":\"listening\",\"role\":\"target\",\"port\":"
                    + server.getAddress().getPort() + "}");
        }
        while (System.in.read() >= 0) {
            // Until whoever started this is gone.
        }
        System.exit(0);
    }

    private static void sleep() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
